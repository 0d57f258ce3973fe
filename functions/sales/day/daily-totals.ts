import { expectedOf } from '../session/journal.ts';
import type { SessionState } from '../session/session.ts';
import { sumOfTotals } from '../session/session-totals.ts';

/** What the sessions of a day come to. Each has summed up its own already, so nothing else is read. */
export function dailyTotals(sessions: readonly SessionState[]) {
  const { sales, refunds, voids, tax, rounding, payments } = sumOfTotals(sessions.map(({ totals }) => totals));
  return {
    sales: { count: sales.count, gross: sales.amount },
    refunds,
    voids,
    net: sales.amount - refunds.amount - voids.amount,
    tax,
    rounding,
    payments,
    sessions: sessions.map(sessionOf),
  };
}

function sessionOf(session: SessionState) {
  const { sessionId, register, status, closing } = session;
  return {
    sessionId,
    register,
    status,
    expected: expectedOf(session),
    ...(closing === undefined ? {} : { counted: closing.counted, difference: closing.difference }),
  };
}
