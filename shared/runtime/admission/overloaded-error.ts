import { StacklessError } from '../../stackless-error.ts';

/** What tells of it: how much of what this process has taken is undecided, or how far behind they are who decide it. */
export type OverloadReason = 'undecided' | 'lag';

/** Whoever is refused is told to come back within this at the latest: by then others may be gone, or decisions come faster. */
const longestMs = 60_000;

/** More is to be decided than can be in the time that it may take: nothing was done. */
export class OverloadedError extends StacklessError {
  override readonly name = 'OverloadedError';
  readonly reason: OverloadReason;
  readonly retryAfterMs: number;

  /** @param waitMs how long it would wait for its decision */
  constructor(reason: OverloadReason, waitMs: number) {
    super('more is to be decided than can be in time');
    this.reason = reason;
    this.retryAfterMs = Math.min(waitMs, longestMs);
  }
}
