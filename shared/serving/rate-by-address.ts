import { type AddressSources, clientNetwork } from '../http/client-address.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import type { RateLimiter } from '../http/rate-limiter.ts';

/** The rate of whoever has not shown who they are, by where they call from. */
export interface RateByAddress {
  /** Counts the request. @throws Problem 429 when there were too many. */
  readonly take: () => void;
  /** Takes that back: the caller is known, and counted by name. */
  readonly giveBack: () => void;
}

/** Nobody is counted where the settings do not tell one client from another; then the log says so when the app starts. */
export function rateByAddress(
  headers: IncomingRequest['headers'],
  sources: AddressSources,
  limiters: readonly RateLimiter[],
): RateByAddress {
  const network = clientNetwork(headers, sources);
  const counting = network === undefined ? [] : limiters;
  // No principal's key has two slashes at its start: tenant names have none.
  const key = `//${network}`;
  return {
    take: () => {
      for (const limiter of counting) limiter.take(key);
    },
    giveBack: () => {
      for (const limiter of counting) limiter.giveBack(key);
    },
  };
}
