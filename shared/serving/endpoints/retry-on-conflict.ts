import { pausing, retry } from '../../async/retry.ts';
import type { Clock } from '../../clock.ts';
import { AlreadyAnsweredError, StaleStateError } from '../../persistence/documents/store-errors.ts';

const maxRaces = 30;

export interface ConflictRetry {
  readonly clock: Clock;
  /** Aborted once the client has been told that this took too long. */
  readonly signal: AbortSignal;
}

/**
 * Makes the attempt, and again on the state as it is by then as long as another writer was first (`isRetry`).
 *
 * @throws StaleStateError, AlreadyAnsweredError after thirty lost races, or when nobody waits any more; whatever else the attempt throws.
 */
export function retryOnConflict<T>(
  { clock, signal }: ConflictRetry,
  attempt: (isRetry: boolean) => Promise<T>,
): Promise<T> {
  const isRace = (error: unknown) => error instanceof StaleStateError || error instanceof AlreadyAnsweredError;
  return retry((lost) => attempt(lost > 0), {
    when: (error, races) => isRace(error) && races <= maxRaces && !signal.aborted,
    pause: pausing(clock),
  });
}
