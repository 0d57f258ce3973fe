import type { SaleFlag } from '../../../shared/events/contracts/sales.ts';
import type { MinorUnits } from '../../../shared/money.ts';
import type { TrackedAggregate } from '../../../shared/persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { Tender } from '../money/settlement.ts';
import { bookVoid } from '../session/journal.ts';
import type { SessionState } from '../session/session.ts';
import { bookSaleIn } from '../session/session-for-sale.ts';
import { cancel, isVoidedBy, voiding } from './cancel.ts';
import { complete, type RungUp, settlementOf } from './ring-up.ts';
import type { SaleState } from './sale.ts';

interface Payment {
  readonly payments: readonly Tender[];
  readonly smallestCoin: MinorUnits;
  readonly isOffline: boolean;
  readonly flags: readonly SaleFlag[];
}

/**
 * Books what a sale brings, in its session or, where that is closed and it has happened all the same, in the late one; the number
 * of its receipt is that of the booking. One that its till has voided before anybody heard that it was paid is voided with it, as
 * long as the session is open: a till closes last, so what comes after that was not voided.
 *
 * @throws Rejection payment-mismatch, session-closed
 */
export async function paySale(
  work: UnitOfWork,
  { sale, session }: { readonly sale: TrackedAggregate<SaleState>; readonly session: TrackedAggregate<SessionState> },
  rungUp: RungUp,
  { payments, smallestCoin, isOffline, flags }: Payment,
): Promise<void> {
  const before = sale.current;
  const { by, soldAt: at } = rungUp;
  const settlement = settlementOf(rungUp, payments, smallestCoin);
  const booked = await bookSaleIn(work, session, settlement.booking, { by, isOffline });
  sale.record(complete(before, { ...rungUp, sessionId: booked.sessionId }, { ...settlement, ...booked, flags }));
  if (session.state.status !== 'open' || before?.cancelled === undefined || !isVoidedBy(before, by)) return;
  session.record(bookVoid(session.state, voiding(sale.state, at)));
  sale.record(cancel(sale.state, { ...before.cancelled, at }));
}
