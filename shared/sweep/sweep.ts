import { sweepCarried } from '../publishing/sweep-carried.ts';
import { sweepOutbox } from '../publishing/sweep-outbox.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { causeOfVisit } from './cause-of-visit.ts';
import { seeToFailure } from './failed-visit.ts';
import { sweepingOf, wasQuiet } from './one-sweep.ts';
import { sweepDeadlines } from './sweep-deadlines.ts';
import type { SweptService } from './swept-service.ts';

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
  const { clock, containerOf } = runtime;
  const carried = sweepCarried({ container: containerOf(name), clock, ...sweepingOf(name, runtime) });
  return wasQuiet(name, { carried }, runtime);
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
  return wasQuiet(name, { outbox, deadlines: sweepDeadlines(service, runtime, { signal, unreadable }) }, runtime);
}
