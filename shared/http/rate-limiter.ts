import type { Clock } from '../clock.ts';
import { Problem } from './problems/problem.ts';

export interface RateLimit {
  /** Requests a second in the long run; 0 is no limit. */
  readonly perSecond: number;
  /** Requests at once after a pause. */
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Who was silent the longest is forgotten beyond these: a full bucket, most likely, which is what a new one is too. */
const maxCallers = 10_000;

/** Holds each caller of one process to a rate, by a token bucket of their own. */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #clock: Pick<Clock, 'now'>;
  /** In the order of their last request. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(limit: RateLimit, clock: Pick<Clock, 'now'>) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Lets one request of the caller through. @throws Problem 429 that says when the next one will be. */
  take(caller: string): void {
    const { perSecond } = this.#limit;
    const missing = this.#missingAfter(caller);
    if (missing > 0) throw tooMany(Math.ceil(missing / perSecond));
  }

  /** The same, told and not thrown. */
  mayTake(caller: string): boolean {
    return this.#missingAfter(caller) === 0;
  }

  /** How much of a token is missing; where nothing is, one is taken. */
  #missingAfter(caller: string): number {
    if (this.#limit.perSecond === 0) return 0;
    const bucket = this.#filledBucket(caller);
    if (bucket.tokens < 1) return 1 - bucket.tokens;
    bucket.tokens -= 1;
    return 0;
  }

  /** Takes back what a request was counted, where it has turned out that it need not be. */
  giveBack(caller: string): void {
    const bucket = this.#filledBucket(caller);
    bucket.tokens = Math.min(this.#limit.burst, bucket.tokens + 1);
  }

  #filledBucket(caller: string): Bucket {
    const { perSecond, burst } = this.#limit;
    const now = this.#clock.now().getTime();
    const bucket = this.#buckets.get(caller) ?? { tokens: burst, filledAt: now };
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.filledAt) / 1_000) * perSecond);
    bucket.filledAt = now;
    this.#buckets.delete(caller);
    this.#buckets.set(caller, bucket);
    if (this.#buckets.size > maxCallers) this.#forgetOldest();
    return bucket;
  }

  #forgetOldest(): void {
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      return;
    }
  }
}

function tooMany(seconds: number): Problem {
  return new Problem(429, 'too-many-requests', `Too many requests. The next one may come in ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
  });
}
