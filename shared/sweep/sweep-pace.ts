import { type Clock, later } from '../clock.ts';
import { type DueTimes, lookAheadMs } from '../persistence/documents/due-times.ts';

/** Ticks come a moment early or late: one that is so much before its time counts. */
const toleranceMs = 500;

/**
 * Whether a container is to be asked at a tick. Where nothing was due, none need ask again until something comes due that this
 * process wrote, or saw coming when it asked. What others write it finds when it has rested for as long as it looks ahead: so late
 * may be met what another process makes due within that time, and does not live to meet itself.
 */
export class SweepPace {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #restMs: number;
  #restsUntil = '';

  /** @param restMs for how long it rests at most, which is as far as it looks ahead */
  constructor(dueTimes: DueTimes, clock: Pick<Clock, 'now'>, restMs = lookAheadMs) {
    this.#clock = clock;
    this.#restMs = restMs;
    dueTimes.watch((dueAt) => {
      if (dueAt < this.#restsUntil) this.#restsUntil = dueAt;
    });
  }

  get rests(): boolean {
    return this.#clock.now().toISOString() < this.#restsUntil;
  }

  /** To be called before it is asked, so that nothing is missed that comes meanwhile. */
  rest(): void {
    this.#restsUntil = later(this.#clock.now(), this.#restMs - toleranceMs);
  }

  /** There is more to do at the next tick. */
  wake(): void {
    this.#restsUntil = '';
  }
}
