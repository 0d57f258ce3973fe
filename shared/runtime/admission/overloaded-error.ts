/** What tells of it: how much of what this process has taken is undecided, or how far behind they are who decide it. */
export type OverloadReason = 'undecided' | 'lag';

/** More is to be decided than can be in the time that it may take: nothing was done. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
  readonly reason: OverloadReason;
  readonly retryAfterMs: number;

  constructor(reason: OverloadReason, retryAfterMs: number) {
    super('more is to be decided than can be in time');
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}
