import { pausing, retry } from '../../async/retry.ts';
import type { Clock } from '../../clock.ts';
import { AlreadyAnsweredError, StaleStateError } from '../../persistence/documents/store-errors.ts';

const maxRaces = 30;

/** Nobody hears of it: the request was answered when its time was up. */
export class RequestAbandonedError extends Error {
  override readonly name = 'RequestAbandonedError';

  constructor() {
    super('the client has been told that this took too long');
  }
}

export interface ConflictRetry {
  readonly clock: Clock;
  /** Whether the client has been told already that this took too long. */
  readonly isGivenUp: () => boolean;
}

/**
 * Makes the attempt, and again on the state as it is by then as long as another writer was first (`isRetry`).
 *
 * @throws StaleStateError, AlreadyAnsweredError after thirty lost races, or when nobody waits any more; whatever else the attempt throws.
 */
export function retryOnConflict<T>(
  { clock, isGivenUp }: ConflictRetry,
  attempt: (isRetry: boolean) => Promise<T>,
): Promise<T> {
  const isRace = (error: unknown) => error instanceof StaleStateError || error instanceof AlreadyAnsweredError;
  return retry((lost) => attempt(lost > 0), {
    when: (error, races) => isRace(error) && races <= maxRaces && !isGivenUp(),
    pause: pausing(clock),
  });
}
