import { backoff } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { AlreadyAnswered, StaleState } from '../persistence/store-errors.ts';

const maxRaces = 30;

/** Nobody hears of it: the request was answered when its time was up. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';

  constructor() {
    super('the client has been told that this took too long');
  }
}

export interface Patience {
  readonly clock: Clock;
  /** Whether the client has been told already that this took too long. */
  readonly isGivenUp: () => boolean;
}

/**
 * Makes the attempt, and again on the state as it is by then as long as another writer was first (`isRetry`).
 *
 * @throws StaleState, AlreadyAnswered after thirty lost races, or when nobody waits any more; whatever else the attempt throws.
 */
export async function afterLostRaces<T>(
  { clock, isGivenUp }: Patience,
  attempt: (isRetry: boolean) => Promise<T>,
): Promise<T> {
  for (let races = 0; ; races += 1) {
    try {
      return await attempt(races > 0);
    } catch (error) {
      const isRace = error instanceof StaleState || error instanceof AlreadyAnswered;
      if (!isRace || races === maxRaces || isGivenUp()) throw error;
      await clock.wait(backoff(races + 1));
    }
  }
}
