import type { Clock } from '../clock.ts';
import { backoff } from './backoff.ts';

/** Lets time pass before the next try, after so many that failed, the last of them with this error. */
export type Pause = (error: unknown, tries: number) => Promise<void>;

/** Waits for longer from try to try, and never for less than the store asked for. */
export function pausing(clock: Pick<Clock, 'wait'>): Pause {
  return (error, tries) => clock.wait(pauseAfter(error, tries));
}

/** How many milliseconds to wait before the next try. */
export function pauseAfter(error: unknown, tries: number): number {
  return backoff(tries, retryAfterMsOf(error));
}

/** What the error says of when to come back (`retryAfterMs`), where it says anything. */
function retryAfterMsOf(error: unknown): number | undefined {
  if (!(error instanceof Error && 'retryAfterMs' in error)) return undefined;
  return typeof error.retryAfterMs === 'number' ? error.retryAfterMs : undefined;
}

interface RetryOptions {
  /** Whether another try makes sense, after so many that failed, the last of them with this error. */
  readonly when: (error: unknown, tries: number) => boolean;
  /** What it throws ends the retrying. */
  readonly pause: Pause;
}

/**
 * Tries until it succeeds or makes no more sense; the attempt is told how many failed before it.
 *
 * @example
 * await retry(() => work.commit(), { when: (_, tries) => tries < 3, pause: pausing(clock) });
 *
 * @throws whatever the last attempt threw.
 */
export async function retry<T>(attempt: (failed: number) => Promise<T>, { when, pause }: RetryOptions): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(tries - 1);
    } catch (error) {
      if (!when(error, tries)) throw error;
      await pause(error, tries);
    }
  }
}
