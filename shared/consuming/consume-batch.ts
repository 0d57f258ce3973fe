import { inParallel } from '../async/in-parallel.ts';
import { type Pause, pauseAfter, retry } from '../async/retry.ts';
import type { ReceivedRecord } from '../bus/received-record.ts';
import { type Clock, dayOf } from '../clock.ts';
import { type DeadLetters, dayOfFailure, type FailedWork } from '../dead-letters/dead-letters.ts';
import { sourceOf } from '../dead-letters/record-source.ts';
import type { Cause } from '../events/cause.ts';
import { NewerVersionError } from '../events/define-event.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import { parseBoundary, storedBoundary } from '../persistence/documents/stored-document.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { timed } from '../telemetry/timed.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { BatchReport } from './batch-report.ts';
import { errorClassOf, isWorthAnotherTry } from './error-class.ts';
import type { Failure, Reaction } from './reaction.ts';
import { causeOfReaction, type GroupContext, runGroup } from './run-group.ts';
import { type SortedBatch, sortBatch, type UnreadableRecord } from './sort-batch.ts';

/** The reactions of one service to one topic, which see a key's events in their order. */
export interface Consumer {
  readonly name: string;
  readonly reactions: readonly Reaction[];
  /** What the names of boundaries begin with that reactions of other consumers of the service erase. */
  readonly erasable?: readonly string[] | undefined;
}

export interface ConsumeDependencies {
  /** Opens a unit of work of the service in a stored boundary. */
  readonly open: (storedBoundary: string, cause: Cause, isRetry: boolean) => UnitOfWork;
  /** Those of the markers that exist in a stored boundary. */
  readonly existing: (storedBoundary: string, markers: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  /** How long a batch is retried in place before the host is asked to deliver it again. */
  readonly retryWindowMs: number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
}

/** Some events of the batch are neither done nor parked: the host must deliver the batch again. */
export class BatchUnfinishedError extends Error {
  override readonly name = 'BatchUnfinishedError';
}

const boundariesAtOnce = 16;
const defaultTenant = 'main';

/**
 * Does what the events of a batch ask for, each once, or parks them as dead letters. When it returns, the batch may be
 * forgotten: nothing of it is lost.
 *
 * @throws BatchUnfinishedError when the store was away for longer than the batch may be held.
 */
export async function consumeBatch(
  records: readonly ReceivedRecord[],
  consumer: Consumer,
  dependencies: ConsumeDependencies,
): Promise<void> {
  const batch = sortBatch(records, consumer.name, consumer.reactions);
  const report = new BatchReport(dependencies);
  report.duplicates(batch.repeated);
  try {
    await timed(dependencies.metrics, consumer.name, () => finish(batch, consumer, dependencies, report));
  } finally {
    report.close();
  }
}

async function finish(
  batch: SortedBatch,
  consumer: Consumer,
  dependencies: ConsumeDependencies,
  report: BatchReport,
): Promise<void> {
  const { clock, deadLetters, retryWindowMs } = dependencies;
  const pause = pausingUntil(clock.now().getTime() + retryWindowMs, clock);
  const park = (failed: FailedWork) => persist(() => deadLetters.park(failed), pause);
  await inParallel(batch.unreadable, boundariesAtOnce, (unreadable) => park(failedRecord(unreadable, clock.now())));
  await inParallel([...batch.groups], boundariesAtOnce, async ([boundary, tasks]) => {
    const place = placeOf(boundary, consumer, dependencies, report, pause);
    const failures = await runGroup(tasks, place);
    for (const failure of failures) {
      const lasting = await alone(failure, place);
      if (lasting !== undefined) await park(failedTask(lasting));
    }
    report.consumed(tasks);
  });
}

interface LastingFailure extends Failure {
  readonly attempts: number;
}

/** Tries a task alone, as often as its errors make sense of it; answers with the failure that lasts, if one does. */
async function alone(first: Failure, place: GroupContext): Promise<LastingFailure | undefined> {
  let failure = first;
  // Counted apart: how long a document was missing says nothing of what the handler does once it is there.
  const triesByClass = new Map<string, number>();
  for (let attempts = 1; ; attempts += 1) {
    const { error } = failure;
    const tries = (triesByClass.get(errorClassOf(error)) ?? 0) + 1;
    triesByClass.set(errorClassOf(error), tries);
    if (!isWorthAnotherTry(error, tries)) return { ...failure, attempts };
    place.report.retried(failure, attempts);
    await place.pause(error, attempts);
    const [again] = await runGroup([failure.task], place);
    if (again === undefined) return undefined;
    failure = again;
  }
}

/** Repeats what must not fail until it succeeds or the batch's time is over. */
function persist<T>(attempt: () => Promise<T>, pause: Pause): Promise<T> {
  return retry(attempt, { when: () => true, pause });
}

/** Waits as long as the batch may be held. @throws BatchUnfinishedError */
function pausingUntil(until: number, clock: Clock): Pause {
  return async (error, tries) => {
    const wait = pauseAfter(error, tries);
    if (clock.now().getTime() + wait > until)
      throw new BatchUnfinishedError('the batch could not be finished in its time', { cause: error });
    await clock.wait(wait);
  };
}

function placeOf(
  boundary: string,
  consumer: Consumer,
  { open, existing, clock, tracing }: ConsumeDependencies,
  report: BatchReport,
  pause: Pause,
): GroupContext {
  return {
    consumer: consumer.name,
    isErasable: isErasable(boundary, consumer),
    open: (cause, isRetry) => open(boundary, cause, isRetry),
    contextFor: (cause) => ({
      now: clock.now(),
      unitOfWork: (other) => open(storedBoundary(cause.tenant, other), cause, true),
    }),
    existing: (markers) => persist(() => existing(boundary, markers), pause),
    pause,
    report,
    tracing,
  };
}

function isErasable(stored: string, { reactions, erasable = [] }: Consumer): boolean {
  const { boundary } = parseBoundary(stored);
  const beginnings = [...erasable, ...reactions.flatMap(({ erases }) => erases ?? [])];
  return beginnings.some((beginning) => boundary.startsWith(beginning));
}

function failedRecord({ subscriber, record, envelope, error }: UnreadableRecord, now: Date): FailedWork {
  const subject = envelope?.id ?? `${record.topic}-${record.partition}-${record.offset}`;
  return {
    subscriber,
    type: envelope?.type,
    source: sourceOf(record),
    subject,
    day: dayOfFailure(envelope?.time ?? record.timestamp, now),
    error,
    attempts: 1,
    cause: {
      tenant: envelope?.tenantid ?? defaultTenant,
      correlationId: envelope?.correlationid ?? subject,
      traceparent: envelope?.traceparent,
    },
    isWorthRetrying: error instanceof NewerVersionError,
  };
}

function failedTask({ task: { reaction, event, record }, error, attempts }: LastingFailure): FailedWork {
  return {
    subscriber: reaction.name,
    type: event.type,
    source: sourceOf(record),
    subject: event.id,
    day: dayOf(event.time),
    error,
    attempts,
    cause: causeOfReaction(event),
    isWorthRetrying: errorClassOf(error) === 'newer',
  };
}
