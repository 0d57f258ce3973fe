import {
  type Payment,
  PosTransaction,
  type TaxAmount,
  type TransactionKind,
  type TransactionLine,
} from '../../../shared/events/contracts/pos-transaction.ts';
import type { ByMethod } from '../../../shared/events/contracts/sales.ts';
import { reject } from '../../../shared/model/aggregate.ts';
import { sum } from '../../../shared/money.ts';
import type { SessionState } from './session.ts';

/** What a sale, a refund or a void brings to the journal of a session. All amounts are as they are meant: never below nothing. */
export interface Booking {
  readonly saleId: string;
  readonly customerId?: string | undefined;
  /** What the goods come to; with `rounding`, the sum of the payments. */
  readonly total: number;
  readonly rounding: number;
  readonly tax: readonly TaxAmount[];
  readonly payments: readonly Payment[];
  readonly lines: readonly TransactionLine[];
  /** When it happened. */
  readonly at: string;
}

/** A refund has an id of its own: a sale may have several. */
export interface RefundBooking extends Booking {
  readonly refundId: string;
}

/** Money that goes into the drawer or out of it and buys nothing: change is fetched, a bill is paid. */
export interface CashBooking {
  readonly movementId: string;
  readonly kind: 'paid-in' | 'paid-out';
  readonly amount: number;
  readonly at: string;
}

/**
 * A sale that was paid: its money comes in, and it has the next receipt of the till's day.
 *
 * @throws Rejection session-closed; `session-for-sale.ts` finds where a sale goes that was made offline.
 */
export function bookSale(session: SessionState, booking: Booking) {
  refuseClosed(session, { isLateTaken: true });
  return {
    events: [transactionOf(session, 'sale', booking.saleId, booking)],
    receiptNumber: receiptNumberOf(session, session.receiptsBefore + session.totals.sales.count + 1),
  };
}

/** Goods came back, of a sale of whichever session; their money goes out of this one. @throws Rejection session-closed */
export function bookRefund(session: SessionState, booking: RefundBooking) {
  refuseClosed(session);
  return [transactionOf(session, 'refund', booking.refundId, booking)];
}

/**
 * A sale of this session that is taken back as if it had not been: all of its money goes out again.
 *
 * @throws Rejection session-closed: it was counted with the drawer then, and is refunded.
 */
export function bookVoid(session: SessionState, booking: Booking) {
  refuseClosed(session);
  return [transactionOf(session, 'void', `void-${booking.saleId}`, booking)];
}

/** @throws Rejection session-closed */
export function bookCash(session: SessionState, { movementId, kind, amount, at }: CashBooking) {
  refuseClosed(session);
  const payments = [{ method: 'cash' as const, amount }];
  const cash = { saleId: undefined, total: amount, rounding: 0, tax: [], payments, lines: [], at };
  return [transactionOf(session, kind, movementId, cash)];
}

/**
 * What should be in the drawer and among the slips by now: the float, and what came in and went out since. A late session has
 * no drawer: it is what it brings to that of its till.
 */
export function expectedOf({ openingCash, totals: { payments, paidIn, paidOut } }: SessionState): ByMethod {
  return { ...payments, cash: openingCash + payments.cash + paidIn.amount - paidOut.amount };
}

/** Goes on over the sessions of a register and day. What comes late counts by itself: the day may have gone on without it. */
function receiptNumberOf({ shopId, register, businessDay, status }: SessionState, n: number): string {
  return `${shopId}-${register}-${businessDay}-${status === 'late' ? 'L' : ''}${n}`;
}

function refuseClosed({ sessionId, status }: SessionState, { isLateTaken = false } = {}): void {
  if (status === 'open' || (status === 'late' && isLateTaken)) return;
  throw reject('session-closed', `the session ${sessionId} is ${status}`);
}

function transactionOf(
  { shopId, location, register, sessionId, businessDay }: SessionState,
  kind: TransactionKind,
  transactionId: string,
  booking: Omit<Booking, 'saleId'> & { readonly saleId: string | undefined },
) {
  const { saleId, customerId, total, rounding, tax, payments, lines, at } = booking;
  return PosTransaction({
    shopId,
    transactionId,
    kind,
    location,
    register,
    sessionId,
    businessDay,
    ...(saleId === undefined ? {} : { saleId }),
    ...(customerId === undefined ? {} : { customerId }),
    amount: sum(payments.map(({ amount }) => amount)),
    total,
    rounding,
    tax: [...tax],
    payments: [...payments],
    lines: [...lines],
    at,
  });
}
