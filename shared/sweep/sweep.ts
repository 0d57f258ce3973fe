import { inParallel } from '../async/in-parallel.ts';
import { MessageRefusedError } from '../bus/transport.ts';
import type { Deadline } from '../capabilities/deadline.ts';
import { later } from '../clock.ts';
import { errorClassOf } from '../consuming/error-class.ts';
import { dayOfFailure } from '../dead-letters/dead-letters.ts';
import type { Cause } from '../events/cause.ts';
import { hashOf } from '../ids.ts';
import { OutboxDocument } from '../persistence/commit/outbox.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import {
  idWithin,
  parseBoundary,
  type StoredDocument,
  storedBoundary,
} from '../persistence/documents/stored-document.ts';
import { Reader } from '../persistence/reading/reader.ts';
import type { SendOutcome } from '../publishing/dispatcher.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { errorText } from '../telemetry/log.ts';
import { traceContext, traceIdOf } from '../telemetry/trace-context.ts';
import { markFailed, traceparentOf } from '../telemetry/tracing.ts';
import { foundSpans, visitSpan } from './sweep-span.ts';

/** A container to be swept, and whoever owns what may be due in it. */
export interface SweptService {
  /** The service's name, and its container's. */
  readonly name: string;
  readonly deadlines: readonly Deadline[];
}

const pageSize = 100;
const visitsAtOnce = 8;
/** After so many visits in vain, some ten minutes, a document is parked as a dead letter. */
const maxVisits = 8;
const firstPostponeMs = 5_000;

/**
 * Visits what is due in each container, oldest first: owed messages go to the dispatcher, anything else to the deadline
 * that owns its kind. A visit in vain moves `dueAt` on, so that a poison document starves nobody.
 */
export async function sweep(services: readonly SweptService[], runtime: Runtime): Promise<void> {
  for (const service of services) {
    try {
      await sweepOutbox(service.name, runtime);
      await sweepDeadlines(service, runtime);
    } catch (error) {
      runtime.log.error('sweep failed, next try at the next tick', { service: service.name, error: errorText(error) });
    }
  }
}

/** What a crash between commit and send left behind. Left alone while the bus is away: it would only be sent in vain. */
async function sweepOutbox(service: string, runtime: Runtime): Promise<void> {
  const { dispatcher, clock } = runtime;
  const container = runtime.containerOf(service);
  for (;;) {
    if (dispatcher.isBusAway) return;
    const due = await container.due('outbox', clock.now().toISOString(), pageSize);
    const owed = await readable(due, service, runtime);
    const deliveries = await Promise.all(owed.map((outbox) => dispatchFound(outbox, service, runtime)));
    for (const [index, delivery] of deliveries.entries()) {
      const document = owed[index];
      if (delivery !== 'refused' || document === undefined) continue;
      const error = new MessageRefusedError('the bus refuses a message of this commit');
      await visitedInVain(document, { service, cause: causeOfVisit(document, runtime), error }, runtime);
    }
    if (due.length < pageSize || !deliveries.includes('sent')) return;
  }
}

function dispatchFound(
  outbox: OutboxDocument,
  service: string,
  { dispatcher, containerOf, tracing }: Runtime,
): Promise<SendOutcome> {
  const dispatch = () => dispatcher.dispatchFound(outbox, containerOf(service));
  return tracing === undefined ? dispatch() : tracing.withinEach(foundSpans(service, outbox), dispatch);
}

/** Those that are outbox documents as this code knows them, in the order of their subjects. */
async function readable(
  due: readonly StoredDocument[],
  service: string,
  runtime: Runtime,
): Promise<readonly OutboxDocument[]> {
  const owed: OutboxDocument[] = [];
  for (const document of due) {
    const { success, data, error } = OutboxDocument.safeParse(document);
    if (success) owed.push(data);
    else await visitedInVain(document, { service, cause: causeOfVisit(document, runtime), error }, runtime);
  }
  return owed.sort(bySubject);
}

async function sweepDeadlines(service: SweptService, runtime: Runtime): Promise<void> {
  const container = runtime.containerOf(service.name);
  for (;;) {
    const due = await container.due('deadlines', runtime.clock.now().toISOString(), pageSize);
    await inParallel(due, visitsAtOnce, (document) => visit(document, service, runtime));
    if (due.length < pageSize) return;
  }
}

async function visit(document: StoredDocument, service: SweptService, runtime: Runtime): Promise<void> {
  const { tracing } = runtime;
  const cause = causeOfVisit(document, runtime);
  if (tracing === undefined) {
    await visitFor(cause, document, service, runtime);
    return;
  }
  await tracing.within(visitSpan(service.name, document), async (span) => {
    const failure = await visitFor({ ...cause, traceparent: traceparentOf(span) }, document, service, runtime);
    if (failure !== undefined) markFailed(span, failure);
  });
}

/** Answers with what the visit failed of, after it has been seen to. */
async function visitFor(
  cause: Cause,
  document: StoredDocument,
  { name, deadlines }: SweptService,
  runtime: Runtime,
): Promise<unknown> {
  const { id, boundary, kind, dueAt = '' } = document;
  try {
    const owner = deadlines.find((deadline) => deadline.kind === kind);
    if (owner === undefined) throw new Error(`${name} has no deadline for documents of kind ${kind}`);
    const open = (stored: string) => runtime.openUnitOfWork({ service: name, boundary: stored, cause });
    const work = open(boundary);
    const opened: UnitOfWork[] = [];
    await owner.visit(idWithin(id), dueAt, work, {
      now: runtime.clock.now(),
      reader: new Reader(runtime.containerOf(name), cause.tenant),
      unitOfWork(unstored) {
        const other = open(storedBoundary(cause.tenant, unstored));
        opened.push(other);
        return other;
      },
    });
    for (const one of [...opened, work]) await one.commit();
    return undefined;
  } catch (error) {
    if (errorClassOf(error) !== 'network') await visitedInVain(document, { service: name, cause, error }, runtime);
    return error;
  }
}

/** A visit begins something new: nobody asked for it. */
function causeOfVisit({ boundary }: StoredDocument, { newId }: Runtime): Cause {
  const { traceparent } = traceContext(undefined);
  return { tenant: parseBoundary(boundary).tenant, correlationId: newId(), traceparent };
}

interface FailedVisit {
  readonly service: string;
  readonly cause: Cause;
  readonly error: unknown;
}

async function visitedInVain(
  document: StoredDocument,
  { service, cause, error }: FailedVisit,
  runtime: Runtime,
): Promise<void> {
  const { deadLetters, clock, log } = runtime;
  const container = runtime.containerOf(service);
  const attempts = (document.dueAttempts ?? 0) + 1;
  log.warn('deadline visit failed, next try later', {
    document: document.id,
    attempts,
    traceId: traceIdOf(cause.traceparent),
    error: errorText(error),
  });
  if (attempts < maxVisits) return postpone(container, document, clock.now());
  const { id, boundary, version, dueAt = '', dueSince = dueAt } = document;
  await deadLetters.park({
    subscriber: `${service}-sweep`,
    source: { of: 'deadline', container: service, boundary, document: id, version, dueAt: dueSince },
    // A visit in vain changes no version, so a deadline that is replayed and fails again is parked as the same letter.
    subject: hashOf([service, boundary, id, String(version)]).slice(0, 32),
    day: dayOfFailure(dueSince, clock.now()),
    error,
    attempts,
    cause,
    isWorthRetrying: false,
  });
  const { dueAt: _, dueAttempts: __, dueSince: ___, ...parked } = document;
  await container.replaceIfUnchanged(parked);
}

/** Moves the visit on, exponentially; somebody who changed the document meanwhile has decided otherwise. */
async function postpone(container: DocumentContainer, document: StoredDocument, now: Date): Promise<void> {
  const dueAttempts = (document.dueAttempts ?? 0) + 1;
  const dueAt = later(now, firstPostponeMs * 2 ** (dueAttempts - 1));
  const dueSince = document.dueSince ?? document.dueAt;
  await container.replaceIfUnchanged({ ...document, dueAttempts, dueAt, dueSince });
}

/** A subject's events in their order, as far as one sweep sees them. */
function bySubject(one: OutboxDocument, other: OutboxDocument): number {
  return one.boundary.localeCompare(other.boundary) || sequenceOf(one) - sequenceOf(other);
}

function sequenceOf({ messages }: OutboxDocument): number {
  return messages[0]?.envelope.sequence ?? 0;
}
