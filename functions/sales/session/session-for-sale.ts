import { RegisterOpened } from '../../../shared/events/contracts/sales.ts';
import type { TrackedAggregate } from '../../../shared/persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { type Booking, bookSale } from './journal.ts';
import { Session, type SessionState } from './session.ts';
import { addedTo, nothingYet } from './session-totals.ts';
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
  if (isLate) await explainAtNextOpening(work, session.state, events);
  return { sessionId: booked.id, receiptNumber };
}

/** The late session of the register and day of a session that is closed. It begins with the first that comes late. */
async function lateSession(
  work: UnitOfWork,
  { shopId, location, register, businessDay }: SessionState,
  { by, at }: { readonly by: string; readonly at: string },
): Promise<TrackedAggregate<SessionState>> {
  const sessionId = `${latePrefix}${register}-${businessDay}`;
  const late = await work.load(Session, sessionId);
  if (late.exists) return late;
  const of = { shopId, location, register, sessionId, businessDay };
  late.record(RegisterOpened({ ...of, openingCash: 0, receiptsBefore: 0, isLate: true, by, at }));
  return late;
}

async function explainAtNextOpening(
  work: UnitOfWork,
  { shopId, register }: SessionState,
  events: ReturnType<typeof bookSale>['events'],
): Promise<void> {
  const tills = await work.load(Tills, shopId);
  const { payments } = events.reduce((totals, { data }) => addedTo(totals, data), nothingYet);
  tills.put(withLate(tills.state, register, payments));
}
