import type { Clock } from '../clock.ts';
import { backoff } from './backoff.ts';

/** Lets time pass before the next try, after so many that failed, the last of them with this error. */
export type Patience = (error: unknown, tries: number) => Promise<void>;

/** Waits for longer from try to try, and never for less than the store asked for. */
export function patient(clock: Pick<Clock, 'wait'>): Patience {
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

interface Trying {
  /** Whether another try makes sense, after so many that failed, the last of them with this error. */
  readonly when: (error: unknown, tries: number) => boolean;
  /** What it throws ends the trying. */
  readonly patience: Patience;
}

/**
 * Tries until it succeeds or makes no more sense; the attempt is told how many failed before it.
 *
 * @throws whatever the last attempt threw.
 */
export async function tryAgain<T>(attempt: (failed: number) => Promise<T>, { when, patience }: Trying): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(tries - 1);
    } catch (error) {
      if (!when(error, tries)) throw error;
      await patience(error, tries);
    }
  }
}
