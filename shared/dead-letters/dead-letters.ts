import { pausing, retry } from '../async/retry.ts';
import { type Clock, dayOf } from '../clock.ts';
import { cutText } from '../cut-text.ts';
import type { Cause } from '../events/cause.ts';
import type { TrackedProjection } from '../persistence/commit/tracked.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import { StaleStateError, TooLargeError } from '../persistence/documents/store-errors.ts';
import {
  documentId,
  idWithin,
  parseBoundary,
  type StoredDocument,
  storedBoundary,
} from '../persistence/documents/stored-document.ts';
import { openBucket } from '../persistence/reading/buckets.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { traceIdOf } from '../telemetry/trace-context.ts';
import {
  bucketOfDeadLetter,
  DeadLetter,
  type DeadLetterState,
  DeadLetterStatus,
  deadLetterId,
  deadLetterSeries,
  deadLettersBoundary,
  type LetterKey,
  waitingLetterId,
} from './dead-letter.ts';
import { keepingLess } from './keeping-less.ts';
import { failedAgain } from './letter-steps.ts';

/** What is to be parked. */
export interface FailedWork {
  readonly subscriber: string;
  /** Where, of a reaction that writes two boundaries. */
  readonly end?: string | undefined;
  /** The event's type, where it is one. */
  readonly type?: string | undefined;
  readonly source: DeadLetterState['source'];
  /** The event's id; where there is none, whatever tells this failure from others. */
  readonly subject: string;
  /** The day of what it is about. */
  readonly day: string;
  readonly error: unknown;
  readonly attempts: number;
  readonly cause: Cause;
}

interface Dependencies {
  /** Opens a unit of work in the container of the dead letters. */
  readonly open: (boundary: string, cause: Cause) => UnitOfWork;
  readonly container: Pick<DocumentContainer, 'readEach'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'deadLetters' | 'waitingLetters'>;
}

const longestName = 200;

/** Keeps what could not be done, so that nothing is lost and nothing stands in the way. */
export class DeadLetters {
  readonly #open: Dependencies['open'];
  readonly #container: Dependencies['container'];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #metrics: Dependencies['metrics'];

  constructor({ open, container, clock, log, metrics }: Dependencies) {
    this.#open = open;
    this.#container = container;
    this.#clock = clock;
    this.#log = log;
    this.#metrics = metrics;
  }

  /**
   * Parks what could not be done; parking the same thing twice is parking it once, and what was replayed is parked anew. An
   * event that lacks its document waits, and is tried again by itself.
   *
   * @throws StoreUnavailableError when it could not be kept: the caller must not go on as if it had been.
   */
  async park(failed: FailedWork): Promise<void> {
    await retry(() => this.#park(failed), {
      when: (error) => error instanceof StaleStateError,
      pause: pausing(this.#clock),
    });
  }

  /** Which of these have a letter, in the order of the keys; what was replayed has none: it is parked anew. */
  async areParked(keys: readonly LetterKey[]): Promise<readonly boolean[]> {
    const kept = (await this.#found(keys)).filter(({ status }) => status !== 'replayed');
    const ids = new Set(kept.map(({ tenant, id }) => `${tenant} ${id}`));
    return keys.map((key) => idsOf(key).some((id) => ids.has(`${key.tenant} ${id}`)));
  }

  /** Tells operators what has become of a letter that has failed. */
  tell(id: string, { subscriber, status, error, traceparent }: DeadLetterState, correlationId?: string): void {
    const about = {
      deadLetter: id,
      subscriber,
      error: errorText(`${error.name}: ${error.message}`),
      traceId: traceIdOf(traceparent),
      ...(correlationId === undefined ? {} : { correlationId: cutText(correlationId, longestName) }),
    };
    if (status === 'waiting') {
      this.#metrics.waitingLetters.inc({ subscriber });
      this.#log.warn('event waits for a document', about);
      return;
    }
    this.#metrics.deadLetters.inc({ subscriber });
    this.#log.error('parked as dead letter', about);
  }

  async #park(failed: FailedWork): Promise<void> {
    const { cause } = failed;
    const [known] = await this.#found([{ ...failed, tenant: cause.tenant }]);
    if (known !== undefined && known.status !== 'replayed') return;
    const id = known?.id ?? this.#newId(failed);
    await this.#openBucketOf(id, cause);
    const work = this.#open(deadLettersBoundary(bucketOfDeadLetter(id)), cause);
    const letter = await work.load(DeadLetter, id);
    if (letter.exists && letter.state.status !== 'replayed') return;
    await commitWhatFits(work, letter, stateOf(failed, letter.current, this.#clock.now()));
    this.tell(id, letter.state, cause.correlationId);
  }

  /** The letters that there are of these, whichever of their ids they have. */
  async #found(keys: readonly LetterKey[]) {
    const places = keys.flatMap((key) =>
      idsOf(key).map((id) => ({
        boundary: storedBoundary(key.tenant, deadLettersBoundary(bucketOfDeadLetter(id))),
        id: documentId(DeadLetter.kind, id),
      })),
    );
    const stored = await this.#container.readEach(places);
    return stored.map((document) => ({
      tenant: parseBoundary(document.boundary).tenant,
      id: idWithin(document.id),
      status: statusOf(document),
    }));
  }

  #newId(failed: FailedWork): string {
    const next = stateOf(failed, undefined, this.#clock.now());
    return next.status === 'waiting' ? waitingLetterId(failed) : deadLetterId(failed);
  }

  /** Comes first: a bucket without letters harms no list, a letter of an unknown bucket would be in none. */
  async #openBucketOf(id: string, cause: Cause): Promise<void> {
    const work = this.#open(deadLetterSeries, cause);
    await openBucket(work, bucketOfDeadLetter(id));
    await work.commit();
  }
}

/** Of a letter that newer code has written it may be unknown: it is there all the same, and left alone. */
function statusOf({ status }: StoredDocument): DeadLetterStatus | undefined {
  return DeadLetterStatus.safeParse(status).data;
}

/** A failure has been given up where it happened, or has begun by waiting. */
function idsOf(key: LetterKey): readonly string[] {
  return [deadLetterId(key), waitingLetterId(key)];
}

/** A letter that cannot be stored would be tried again for ever, and its event would stand in the way of all behind it. */
async function commitWhatFits(
  work: UnitOfWork,
  letter: TrackedProjection<DeadLetterState>,
  whole: DeadLetterState,
): Promise<void> {
  const savepoint = work.savepoint();
  for (let state = whole; ; ) {
    letter.put(state);
    try {
      await work.commit();
      return;
    } catch (error) {
      const less = error instanceof TooLargeError ? keepingLess(state) : undefined;
      if (less === undefined) throw error;
      work.rollBack(savepoint);
      state = less;
    }
  }
}

/** What fails again stays what it was: where it came from and how it was mended are kept from before. */
function stateOf(failed: FailedWork, before: DeadLetterState | undefined, now: Date): DeadLetterState {
  const { subscriber, end, type, source, error, attempts, cause } = failed;
  const letter: DeadLetterState = {
    source,
    history: [],
    ...before,
    subscriber,
    ...(end === undefined ? {} : { failedIn: end }),
    ...(type === undefined ? {} : { type: cutText(type, longestName) }),
    status: 'parked',
    error: { name: '', message: '' },
    attempts: (before?.attempts ?? 0) + attempts,
    ...(cause.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
  };
  return failedAgain(letter, error, now);
}

/** The day under which a failure is kept, from the time of the event or, where that is unknown, of the record. */
export function dayOfFailure(time: string, now: Date): string {
  return /^\d{4}-\d{2}-\d{2}T/.test(time) ? dayOf(time) : dayOf(now.toISOString());
}
