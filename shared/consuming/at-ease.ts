import type { Clock } from '../clock.ts';
import type { Consumer } from './consumer.ts';

/** How long a consumer for which nobody waits rests after a batch. */
const restMs = 250;

/** From so many events in the last second on there is something to take up together: below that, nothing rests. */
const [busy, busyWithinMs] = [20, 1_000];

/** So many at once cost little more each than more would: then what waits already is taken up at once. */
const enough = 100;

/**
 * Has a consumer for which nobody waits rest after a batch where much comes, so that the next batch has all that has come
 * meanwhile: a commit, a request to read and one to write serve many events, and a thing that changes twice is entered once. What
 * comes now and then is done at once.
 *
 * The batch counts as consumed when the rest is over, so a crash in it has the batch delivered again, as one before its end always did.
 */
export class AtEase {
  readonly #clock: Clock;
  readonly #mayRest: boolean;
  /** What came in the last second: how much, and when. */
  #taken: readonly { readonly count: number; readonly at: number }[] = [];

  constructor({ reactions }: Consumer, clock: Clock) {
    this.#clock = clock;
    this.#mayRest = reactions.every(({ gathers = false }) => gathers);
  }

  /**
   * Settles when the batch of so many records is consumed, and the rest after it is over. It is given no records: they may be
   * forgotten once they are consumed.
   */
  async after(consumed: Promise<void>, count: number): Promise<void> {
    await consumed;
    if (!this.#mayRest) return;
    const now = this.#clock.now().getTime();
    this.#taken = [...this.#taken.filter(({ at }) => now - at < busyWithinMs), { count, at: now }];
    const lately = this.#taken.reduce((sum, taken) => sum + taken.count, 0);
    if (lately >= busy && count < enough) await this.#clock.wait(restMs);
  }
}
