import type { SessionState } from '../session/session.ts';
import { isLateSessionId } from '../session/session-for-sale.ts';
import type { SaleState } from './sale.ts';

/** Whether a sale is meant to be in the session that is named. */
export type IsMeantSession = (sessionId: string) => boolean;

/**
 * What session a till means that says a sale again: the one that it was sold in, or the one whose late session took it, as that was
 * closed already.
 *
 * @param session that the till names, where there is one.
 */
export function meantSessionOf(
  { sessionId, register, businessDay }: SaleState,
  session: SessionState | undefined,
): IsMeantSession {
  const isOfSameDay = session?.register === register && session.businessDay === businessDay;
  return (named) => named === sessionId || (isLateSessionId(sessionId) && isOfSameDay);
}
