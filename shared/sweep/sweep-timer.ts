import { settlesWithin } from '../async/timeout.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { type SweptService, sweepService } from './sweep.ts';

/** A tick ends after so long, whatever it waits for: a timer has no next one before. */
const longestTickMs = 5_000;

/**
 * Sweeps at each tick of a timer. Where a container keeps its sweep waiting, the tick ends without it: that sweep goes on,
 * and is not begun a second time meanwhile, while the others begin anew with each tick.
 */
export class SweepTimer {
  readonly #services: readonly SweptService[];
  readonly #runtime: Runtime;
  readonly #longestTickMs: number;
  readonly #underWay = new Set<string>();

  constructor(services: readonly SweptService[], runtime: Runtime, options: { readonly longestTickMs?: number } = {}) {
    this.#services = services;
    this.#runtime = runtime;
    this.#longestTickMs = options.longestTickMs ?? longestTickMs;
  }

  async tick(): Promise<void> {
    const begun = this.#services.filter(({ name }) => !this.#underWay.has(name)).map((service) => this.#sweep(service));
    if (await settlesWithin(Promise.all(begun), this.#longestTickMs)) return;
    this.#runtime.log.info('sweep goes on beyond its tick', { services: [...this.#underWay].join(', ') });
  }

  async #sweep(service: SweptService): Promise<void> {
    this.#underWay.add(service.name);
    await sweepService(service, this.#runtime);
    this.#underWay.delete(service.name);
  }
}
