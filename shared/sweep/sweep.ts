import { sweepCarried } from '../publishing/sweep-carried.ts';
import { sweepOutbox } from '../publishing/sweep-outbox.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { errorText } from '../telemetry/log.ts';
import { causeOfVisit } from './cause-of-visit.ts';
import { seeToFailure } from './failed-visit.ts';
import { sweepDeadlines } from './sweep-deadlines.ts';
import type { SweptService } from './swept-service.ts';

/** So long one sweep of a container goes on; what is left then is due to the next one. */
const longestSweepMs = 60_000;

/**
 * Visits what is due in each container, oldest first: owed messages go to the dispatcher, anything else to the deadline
 * that owns its kind.
 *
 * Containers are swept side by side, and of each the outbox beside the deadlines: none of them waits for a bus that is away,
 * nor for a container that does not answer, is throttled or is forbidden.
 */
export async function sweep(services: readonly SweptService[], runtime: Runtime): Promise<void> {
  await Promise.all(services.map((service) => sweepCarriers(service, runtime)));
  await Promise.all(services.map((service) => sweepService(service, runtime)));
}

/** Has what documents carry, and nobody has seen to, sent by the sweep of the outbox. Never rejects, as `sweepService`. */
export async function sweepCarriers({ name }: Pick<SweptService, 'name'>, runtime: Runtime): Promise<boolean> {
  const { clock } = runtime;
  const { unreadable, signal } = sweepingOf(name, runtime);
  const carried = sweepCarried({ container: runtime.containerOf(name), clock, unreadable, signal });
  return quiet(name, { carried }, runtime);
}

/** Never rejects: what could not be done is tried at the next tick. Tells whether nothing was due, and nothing failed. */
export async function sweepService(service: SweptService, runtime: Runtime): Promise<boolean> {
  const { dispatcher, clock, tracing, knowsEvent } = runtime;
  const { name } = service;
  const { unreadable, signal } = sweepingOf(name, runtime);
  const outbox = sweepOutbox({
    service: name,
    container: runtime.containerOf(name),
    dispatcher,
    clock,
    tracing,
    knowsEvent,
    failed: (document, error) =>
      seeToFailure(document, { service: name, cause: causeOfVisit(document, runtime), error }, runtime),
    unreadable,
    signal,
  });
  return quiet(name, { outbox, deadlines: sweepDeadlines(service, runtime, { signal, unreadable }) }, runtime);
}

function sweepingOf(service: string, { log }: Runtime) {
  return {
    signal: AbortSignal.timeout(longestSweepMs),
    unreadable: (error: Error) => log.warn('due document left as it is', { service, error: errorText(error) }),
  };
}

/** Whether nothing of it was due, and nothing failed. */
async function quiet(
  service: string,
  sweeping: Readonly<Record<string, Promise<boolean>>>,
  { log }: Runtime,
): Promise<boolean> {
  const told = Object.entries(sweeping).map(([what, one]) =>
    one.catch((error: unknown) => {
      log.error('sweep failed, next try at the next tick', { service, what, error: errorText(error) });
      return true;
    }),
  );
  return !(await Promise.all(told)).includes(true);
}
