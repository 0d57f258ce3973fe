import { inParallel } from '../async/in-parallel.ts';
import { armSchedule, type Schedule, scheduleBoundary } from '../capabilities/schedule.ts';
import { storedBoundary } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { errorText } from '../telemetry/log.ts';
import { causeOfVisit } from './cause-of-visit.ts';
import type { SweptService } from './swept-service.ts';

const atOnce = 8;

/** Code of another version may put a schedule to sleep that this code has, or let it recur in another way. */
const againAfterMs = 3_600_000;

/**
 * Sees to it that each schedule of a service has its document, for each tenant that it is for: once an hour for each process, and
 * again at the next tick where it could not be written.
 */
export class ScheduleArming {
  readonly #runtime: Runtime;
  /** When, by service and boundary. */
  readonly #armed = new Map<string, number>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** Never rejects. Tells whether each has its document. */
  async arm({ name: service, schedules = [] }: Pick<SweptService, 'name' | 'schedules'>): Promise<boolean> {
    const { settings, clock } = this.#runtime;
    const isArmed = ({ boundary }: { readonly boundary: string }) =>
      clock.now().getTime() - (this.#armed.get(`${service} ${boundary}`) ?? 0) < againAfterMs;
    const places = schedules.flatMap((schedule) =>
      schedule.tenants(settings).map((tenant) => ({
        schedule,
        tenant,
        boundary: storedBoundary(tenant, scheduleBoundary(schedule.name)),
      })),
    );
    await inParallel(
      places.filter((place) => !isArmed(place)),
      atOnce,
      (place) => this.#armOne(service, place),
    );
    return places.every(isArmed);
  }

  async #armOne(
    service: string,
    { schedule, tenant, boundary }: { readonly schedule: Schedule; readonly tenant: string; readonly boundary: string },
  ): Promise<void> {
    const { settings, clock, log, openUnitOfWork } = this.#runtime;
    try {
      const work = openUnitOfWork({ service, boundary, cause: causeOfVisit({ boundary }, this.#runtime) });
      await armSchedule(schedule, work, { tenant, now: clock.now(), settings });
      await work.commit();
      this.#armed.set(`${service} ${boundary}`, clock.now().getTime());
    } catch (error) {
      log.warn('schedule could not be armed, next try at the next tick', {
        service,
        schedule: schedule.name,
        tenant,
        error: errorText(error),
      });
    }
  }
}
