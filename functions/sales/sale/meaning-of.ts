import { localDateOf } from '../../../shared/local-date.ts';
import type { SessionState } from '../session/session.ts';
import { isLateSessionId } from '../session/session-for-sale.ts';
import { rateOn } from '../shop/tax-rates.ts';
import type { Grounds } from './lines-of-sale.ts';
import type { Meaning } from './said-sale.ts';
import type { SaleState } from './sale.ts';

/**
 * What a till means that says a sale again: the session whose late session took it, where that was closed already, and taxes as they
 * were when it was sold.
 *
 * @param session that the till names, where there is one.
 */
export function meaningOf(
  { sessionId, register, businessDay, soldAt }: SaleState,
  { timeZone, taxRates }: Grounds['shop'],
  session: SessionState | undefined,
): Meaning {
  const isOfSameDay = session?.register === register && session.businessDay === businessDay;
  return {
    isSession: (named) => named === sessionId || (isLateSessionId(sessionId) && isOfSameDay),
    rateOf: (tax) => rateOn(taxRates, tax, localDateOf(soldAt, timeZone)),
  };
}
