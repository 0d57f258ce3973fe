import { later } from '../clock.ts';

/** How long the process that commits something has for what is to happen at once, before the sweep of any process does it. */
export const sweepAfterMs = 10_000;

/**
 * The `dueAt` of what is to happen at once: the process that commits it sees to it right after the commit, and has ten seconds
 * for that; what a crash, or too much to do, has left the sweep finds then. What is done in steps gives when it was due for the
 * `last` of them: each step moves `dueAt`, also where two are made within a millisecond.
 */
export function dueAtOnce(now: Date, last?: string): string {
  const dueAt = later(now, sweepAfterMs);
  return dueAt === last ? later(now, sweepAfterMs - 1) : dueAt;
}
