import { setTimeout } from 'node:timers/promises';

/** `done`: its events may be left behind. `skipped`: so may they, though it failed. `left`: they may not. */
export type Outcome = 'done' | 'skipped' | 'left';

/** What happens to a function that failed. */
export interface FailurePolicy {
  /** How often it is run again; -1 without end. */
  readonly maxRetries: number;
  /** How long to wait before a retry, counted from 1. */
  delayMs(retry: number): number;
}

/**
 * Runs a function until its events can be left behind: a failure is run again in place, with the same events, up to
 * `maxRetries` times, then skipped.
 *
 * @param signal ends the repeating: the host stops, or the partitions are no longer this consumer's.
 */
export async function attempt(
  run: () => Promise<unknown>,
  policy: FailurePolicy,
  signal: AbortSignal,
): Promise<Outcome> {
  for (let retries = 0; ; retries++) {
    try {
      await run();
      return 'done';
    } catch {
      // The invocation has logged it, and what it was changes nothing about what follows.
      if (policy.maxRetries >= 0 && retries >= policy.maxRetries) return 'skipped';
    }
    await pause(policy.delayMs(retries + 1), signal);
    if (signal.aborted) return 'left';
  }
}

/** Waits, unless or until the signal is given. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
