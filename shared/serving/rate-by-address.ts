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
  // Looked for only when it is needed: who shows a token that is known is never counted by it.
  const eachWithKey = (count: (limiter: RateLimiter, key: string) => void) => {
    const network = clientNetwork(headers, sources);
    if (network === undefined) return;
    // No principal's key has two slashes at its start: tenant names have none.
    for (const limiter of limiters) count(limiter, `//${network}`);
  };
  return {
    take: () => eachWithKey((limiter, key) => limiter.take(key)),
    giveBack: () => eachWithKey((limiter, key) => limiter.giveBack(key)),
  };
}
