import { settlesWithin } from '../async/timeout.ts';
import type { Clock } from '../clock.ts';
import type { DueTimes } from '../persistence/documents/due-times.ts';
import type { Log } from '../telemetry/log.ts';
import { SweepPace } from './sweep-pace.ts';

/** Something that is swept: a container, or the lane of an effect. */
export interface Swept {
  readonly name: string;
  /** Of its container. */
  readonly dueTimes: DueTimes;
  /** For how long it rests at most where nothing comes due: as far as it looks ahead. */
  readonly restMs?: number;
  /** Never rejects: what could not be done is tried at the next tick. Tells whether nothing was due, and nothing failed. */
  readonly sweep: () => Promise<boolean>;
}

interface PacedSweep extends Swept {
  readonly pace: SweepPace;
}

/** A tick ends after so long, whatever it waits for: a timer has no next one before. */
const longestTickMs = 5_000;
/** A sweep that is not over by then hangs: it should have ended long before, and its container is swept anew. */
const longestSweepMs = 120_000;

/**
 * Sweeps at the ticks of a timer, at each of them what does not rest. Where a container, or a provider, keeps its sweep waiting, the tick ends without it: that sweep goes on,
 * and is not begun a second time meanwhile, while the others begin anew with each tick.
 */
export class SweepTimer {
  readonly #swept: readonly PacedSweep[];
  readonly #log: Log;
  readonly #longestTickMs: number;
  readonly #longestSweepMs: number;
  readonly #underWay = new Set<string>();

  constructor(
    swept: readonly Swept[],
    { log, clock }: { readonly log: Log; readonly clock: Pick<Clock, 'now'> },
    times: { readonly longestTickMs?: number; readonly longestSweepMs?: number } = {},
  ) {
    this.#swept = swept.map((one) => ({ ...one, pace: new SweepPace(one.dueTimes, clock, one.restMs) }));
    this.#log = log;
    this.#longestTickMs = times.longestTickMs ?? longestTickMs;
    this.#longestSweepMs = times.longestSweepMs ?? longestSweepMs;
  }

  async tick(): Promise<void> {
    const due = this.#swept.filter(({ name, pace }) => !this.#underWay.has(name) && !pace.rests);
    const begun = due.map((one) => this.#sweep(one));
    if (await settlesWithin(Promise.all(begun), this.#longestTickMs)) return;
    this.#log.info('sweep goes on beyond its tick', { services: [...this.#underWay].join(', ') });
  }

  async #sweep({ name, pace, sweep }: PacedSweep): Promise<void> {
    this.#underWay.add(name);
    pace.rest();
    const swept = sweep().then((isQuiet) => {
      if (!isQuiet) pace.wake();
    });
    if (!(await settlesWithin(swept, this.#longestSweepMs))) {
      this.#log.error('sweep hangs, its container is swept anew', { service: name });
      pace.wake();
    }
    this.#underWay.delete(name);
  }
}
