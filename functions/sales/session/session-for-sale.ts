import { RegisterOpened } from '../../../shared/events/contracts/sales.ts';
import type { TrackedAggregate } from '../../../shared/persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { type Booking, bookSale } from './journal.ts';
import { Session, type SessionState } from './session.ts';
import { Tills, withLate } from './tills.ts';

/** What no session that somebody opens may begin with. */
const latePrefix = 'late-';

/** Whether an id is that of a late session. */
export function isLateSessionId(sessionId: string): boolean {
  return sessionId.startsWith(latePrefix);
}

/**
 * Books a sale that was paid, in its session; one that was made offline, and whose session was closed meanwhile, in the late session of
 * that register and day: what has happened cannot be refused. Which one it is stays with the sale, and is what it answers.
 *
 * @param session that the sale names, as it is loaded in the unit of work.
 *
 * @throws Rejection session-closed, where it was not offline.
 */
export async function bookSaleIn(
  work: UnitOfWork,
  session: TrackedAggregate<SessionState>,
  booking: Booking,
  { by, isOffline }: { readonly by: string; readonly isOffline: boolean },
): Promise<{ readonly sessionId: string; readonly receiptNumber: string }> {
  const isLate = isOffline && session.state.status !== 'open';
  const booked = isLate ? await lateSession(work, session.state, { by, at: booking.at }) : session;
  const { events, receiptNumber } = bookSale(booked.state, booking);
  booked.record(events);
  if (isLate) {
    // The next opening tells it: what was counted at the closing, or is in the drawer by then, has it in it.
    const { shopId, register } = session.state;
    const tills = await work.load(Tills, shopId);
    tills.put(withLate(tills.state, register, booking.payments));
  }
  return { sessionId: booked.id, receiptNumber };
}

/** The late session of the register and day of a session that is closed. It begins with the first that comes late. */
async function lateSession(
  work: UnitOfWork,
  closed: SessionState,
  first: { readonly by: string; readonly at: string },
): Promise<TrackedAggregate<SessionState>> {
  const begun = lateOpening(closed, first);
  const late = await work.load(Session, begun.data.sessionId);
  if (!late.exists) late.record(begun);
  return late;
}

/** How the late session of a session that is closed begins: with nothing, at the same register on the same day. */
export function lateOpening(
  { shopId, location, register, businessDay }: SessionState,
  { by, at }: { readonly by: string; readonly at: string },
) {
  const of = { shopId, location, register, businessDay, sessionId: `${latePrefix}${register}-${businessDay}` };
  return RegisterOpened({ ...of, openingCash: 0, receiptsBefore: 0, isLate: true, by, at });
}
