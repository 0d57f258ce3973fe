import { type Pause, pauseAfter } from '../async/retry.ts';
import type { Clock } from '../clock.ts';

/** Some events of the batch are neither done nor parked: the host must deliver the batch again. */
export class BatchUnfinishedError extends Error {
  override readonly name = 'BatchUnfinishedError';
}

/** How long a batch may be held: past it the host takes its partition away, so what is not done by then is given back. */
export class BatchTime {
  readonly #clock: Clock;
  readonly #until: number;

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#until = clock.now().getTime() + windowMs;
  }

  /** Waits before the next try. @throws BatchUnfinishedError where that is too late. */
  readonly pause: Pause = async (error, tries) => {
    const wait = pauseAfter(error, tries);
    if (!this.hasRoomFor(wait))
      throw new BatchUnfinishedError('the batch could not be finished in its time', { cause: error });
    await this.#clock.wait(wait);
  };

  hasRoomFor(milliseconds: number): boolean {
    return this.#clock.now().getTime() + milliseconds <= this.#until;
  }

  /** @throws BatchUnfinishedError where it is too late to begin with anything else, though all has gone well so far. */
  check(): void {
    if (!this.hasRoomFor(0))
      throw new BatchUnfinishedError('the batch takes longer than it may be held; what is done is not done again');
  }
}
