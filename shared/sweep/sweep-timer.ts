import { settlesWithin } from '../async/timeout.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { ScheduleArming } from './schedule-arming.ts';
import { type SweptService, sweepService } from './sweep.ts';

/** A tick ends after so long, whatever it waits for: a timer has no next one before. */
const longestTickMs = 5_000;
/** A sweep that is not over by then hangs: it should have ended long before, and its container is swept anew. */
const longestSweepMs = 120_000;

/**
 * Sweeps at each tick of a timer. Where a container keeps its sweep waiting, the tick ends without it: that sweep goes on,
 * and is not begun a second time meanwhile, while the others begin anew with each tick.
 */
export class SweepTimer {
  readonly #services: readonly SweptService[];
  readonly #runtime: Runtime;
  readonly #longestTickMs: number;
  readonly #longestSweepMs: number;
  readonly #underWay = new Set<string>();
  readonly #arming: ScheduleArming;

  constructor(
    services: readonly SweptService[],
    runtime: Runtime,
    times: { readonly longestTickMs?: number; readonly longestSweepMs?: number } = {},
  ) {
    this.#services = services;
    this.#runtime = runtime;
    this.#arming = new ScheduleArming(runtime);
    this.#longestTickMs = times.longestTickMs ?? longestTickMs;
    this.#longestSweepMs = times.longestSweepMs ?? longestSweepMs;
  }

  async tick(): Promise<void> {
    const begun = this.#services.filter(({ name }) => !this.#underWay.has(name)).map((service) => this.#sweep(service));
    if (await settlesWithin(Promise.all(begun), this.#longestTickMs)) return;
    this.#runtime.log.info('sweep goes on beyond its tick', { services: [...this.#underWay].join(', ') });
  }

  async #sweep(service: SweptService): Promise<void> {
    this.#underWay.add(service.name);
    const sweeping = this.#arming.arm(service).then(() => sweepService(service, this.#runtime));
    const isOver = await settlesWithin(sweeping, this.#longestSweepMs);
    if (!isOver) this.#runtime.log.error('sweep hangs, its container is swept anew', { service: service.name });
    this.#underWay.delete(service.name);
  }
}
