import { z } from 'zod';
import { DeviceId, ShopId } from '../../../shared/events/contracts/pos-transaction.ts';
import { type ByMethod, RegisterName } from '../../../shared/events/contracts/sales.ts';
import { LocalDate } from '../../../shared/local-date.ts';
import { Money, SignedTotal } from '../../../shared/money.ts';
import { Percent } from '../shop/percent.ts';
import { expectedOf } from './journal.ts';
import { type SessionState, SessionStatus } from './session.ts';

/** An amount for each way to pay. */
export const ByMethodView = z.object({ cash: SignedTotal, card: SignedTotal, voucher: SignedTotal });

/** What was counted, where it was. */
export const CountedView = z.object({ cash: Money, card: Money.optional(), voucher: Money.optional() });

export const DifferenceView = ByMethodView.partial({ card: true, voucher: true });

/** Tax of one rate. */
export const TaxTotalView = z.object({ rate: Percent, gross: SignedTotal, tax: SignedTotal });

export const CounterView = z.object({ count: z.int(), amount: SignedTotal });
export const SalesView = z.object({ count: z.int(), gross: SignedTotal.describe('What was voided later is among it') });

/** A session as its readers see it; one that is closed is the Z report of its till. */
export const SessionView = z
  .object({
    id: DeviceId,
    shopId: ShopId,
    register: RegisterName,
    businessDay: LocalDate.describe('The day of the shop on which it was opened: it counts for all that happens in it'),
    status: SessionStatus.describe('`late`: what tills sent after their session was closed; nobody opens or closes it'),
    openedAt: z.iso.datetime(),
    openingCash: Money,
    leftBySessionBefore: Money.optional().describe('What should be in the drawer at the opening'),
    openingDifference: SignedTotal.optional().describe('What was there without what the session before had left'),
    explained: ByMethodView.optional().describe(
      'What tills sent since then for sessions that were closed: it explains a difference of theirs',
    ),
    expected: ByMethodView.describe('What should be there by now'),
    counted: CountedView.optional(),
    difference: DifferenceView.optional().describe('Counted without expected, for what was counted'),
    takenOut: Money.optional(),
    note: z.string().optional().describe('What was said of the difference; shown for one session alone'),
    closedAt: z.iso.datetime().optional(),
    receipts: z.int().describe('How many receipts it has given out'),
    sales: SalesView,
    refunds: CounterView,
    voids: CounterView,
    paidIn: CounterView,
    paidOut: CounterView,
    tax: z.array(TaxTotalView).describe('Of what was sold, without what came back'),
    rounding: SignedTotal,
    payments: ByMethodView.describe('What sales brought in, without what refunds and voids took'),
    version: z.int().describe('Counts the entries of its journal; the `ETag`'),
  })
  .meta({
    id: 'TillSession',
    example: {
      id: '0d8e7c3a-5c0e-4a51-9a51-1f6a7d6f0a11',
      shopId: 'berlin',
      register: '1',
      businessDay: '2026-11-22',
      status: 'closed',
      openedAt: '2026-11-22T08:00:00.000Z',
      openingCash: 100,
      leftBySessionBefore: 100,
      openingDifference: 0,
      expected: { cash: 167.88, card: 28.9, voucher: 0 },
      counted: { cash: 167.8 },
      difference: { cash: -0.08 },
      takenOut: 67.8,
      closedAt: '2026-11-22T19:00:00.000Z',
      receipts: 3,
      sales: { count: 3, gross: 79.27 },
      refunds: { count: 1, amount: 12.49 },
      voids: { count: 0, amount: 0 },
      paidIn: { count: 1, amount: 50 },
      paidOut: { count: 1, amount: 20 },
      tax: [
        { rate: 19, gross: 61.78, tax: 9.86 },
        { rate: 7, gross: 5, tax: 0.33 },
      ],
      rounding: 0,
      payments: { cash: 37.88, card: 28.9, voucher: 0 },
      version: 8,
    },
  });
export type SessionView = z.output<typeof SessionView>;

interface Shown {
  readonly state: SessionState;
  readonly version: number;
}

export function viewOf({ state, version }: Shown, note?: string): SessionView {
  const { sessionId, shopId, register, businessDay, status, openedAt, openingCash, closing } = state;
  const { sales, ...totals } = state.totals;
  return {
    id: sessionId,
    shopId,
    register,
    businessDay,
    status,
    openedAt,
    openingCash,
    ...openingOf(state),
    expected: expectedOf(state),
    ...(closing === undefined ? {} : closingOf(closing)),
    ...(note === undefined ? {} : { note }),
    receipts: sales.count,
    sales: { count: sales.count, gross: sales.amount },
    ...totals,
    version,
  };
}

function openingOf({ openingCash, leftBySessionBefore, explained }: SessionState): {
  leftBySessionBefore?: number;
  openingDifference?: number;
  explained?: ByMethod;
} {
  return {
    ...(leftBySessionBefore === undefined
      ? {}
      : { leftBySessionBefore, openingDifference: openingCash - leftBySessionBefore }),
    ...(explained === undefined ? {} : { explained }),
  };
}

function closingOf({ counted, difference, takenOut, at: closedAt }: NonNullable<SessionState['closing']>) {
  return { counted, difference, takenOut, closedAt };
}
