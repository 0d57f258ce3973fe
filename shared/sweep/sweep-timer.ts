import { settlesWithin } from '../async/timeout.ts';
import type { Log } from '../telemetry/log.ts';

/** Something that is swept at each tick: a container, or the lane of an effect. */
export interface Swept {
  readonly name: string;
  /** Never rejects: what could not be done is tried at the next tick. */
  readonly sweep: () => Promise<void>;
}

/** A tick ends after so long, whatever it waits for: a timer has no next one before. */
const longestTickMs = 5_000;
/** A sweep that is not over by then hangs: it should have ended long before, and its container is swept anew. */
const longestSweepMs = 120_000;

/**
 * Sweeps at each tick of a timer. Where a container, or a provider, keeps its sweep waiting, the tick ends without it: that sweep goes on,
 * and is not begun a second time meanwhile, while the others begin anew with each tick.
 */
export class SweepTimer {
  readonly #swept: readonly Swept[];
  readonly #log: Log;
  readonly #longestTickMs: number;
  readonly #longestSweepMs: number;
  readonly #underWay = new Set<string>();

  constructor(
    swept: readonly Swept[],
    log: Log,
    times: { readonly longestTickMs?: number; readonly longestSweepMs?: number } = {},
  ) {
    this.#swept = swept;
    this.#log = log;
    this.#longestTickMs = times.longestTickMs ?? longestTickMs;
    this.#longestSweepMs = times.longestSweepMs ?? longestSweepMs;
  }

  async tick(): Promise<void> {
    const begun = this.#swept.filter(({ name }) => !this.#underWay.has(name)).map((one) => this.#sweep(one));
    if (await settlesWithin(Promise.all(begun), this.#longestTickMs)) return;
    this.#log.info('sweep goes on beyond its tick', { services: [...this.#underWay].join(', ') });
  }

  async #sweep({ name, sweep }: Swept): Promise<void> {
    this.#underWay.add(name);
    const isOver = await settlesWithin(sweep(), this.#longestSweepMs);
    if (!isOver) this.#log.error('sweep hangs, its container is swept anew', { service: name });
    this.#underWay.delete(name);
  }
}
