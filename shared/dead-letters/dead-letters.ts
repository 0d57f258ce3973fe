import { pausing, retry } from '../async/retry.ts';
import { type Clock, dayOf, later } from '../clock.ts';
import { cutText } from '../cut-text.ts';
import type { Cause } from '../events/cause.ts';
import type { TrackedProjection } from '../persistence/commit/tracked.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import { StaleStateError, TooLargeError } from '../persistence/documents/store-errors.ts';
import { openBucket } from '../persistence/reading/buckets.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { traceIdOf } from '../telemetry/trace-context.ts';
import {
  DeadLetter,
  type DeadLetterState,
  deadLetterId,
  deadLetterSeries,
  deadLettersBoundary,
  stepOn,
} from './dead-letter.ts';
import { keepingLess } from './keeping-less.ts';

/** What is to be parked. */
export interface FailedWork {
  readonly subscriber: string;
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
  /** Try again by itself, later: newer code may understand what this does not. */
  readonly isWorthRetrying: boolean;
}

interface Dependencies {
  /** Opens a unit of work in the container of the dead letters. */
  readonly open: (boundary: string, cause: Cause) => UnitOfWork;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'deadLetters'>;
}

const firstRetryMs = 30_000;
const longestRetryMs = 3_600_000;
/** Some forty hours: a rolling upgrade is through by then, or somebody has to look. */
const maxRetries = 100;
/** Of messages and stacks: errors quote what they are about, which came from outside and may be of any size. */
const longestText = 4_000;
const longestName = 200;

/** Keeps what could not be done, so that nothing is lost and nothing stands in the way. */
export class DeadLetters {
  readonly #open: Dependencies['open'];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #metrics: Dependencies['metrics'];

  constructor({ open, clock, log, metrics }: Dependencies) {
    this.#open = open;
    this.#clock = clock;
    this.#log = log;
    this.#metrics = metrics;
  }

  /**
   * Parks what could not be done; parking the same thing twice is parking it once, and what was replayed is parked anew.
   *
   * @throws StoreUnavailableError when it could not be kept: the caller must not go on as if it had been.
   */
  async park(failed: FailedWork): Promise<void> {
    const attempt = async () => {
      await this.#openDay(failed);
      await this.#write(failed);
    };
    await retry(attempt, { when: (error) => error instanceof StaleStateError, pause: pausing(this.#clock) });
  }

  /** Comes first: a day without letters harms no list, a letter of an unknown day would be in none. */
  async #openDay({ day, cause }: FailedWork): Promise<void> {
    const work = this.#open(deadLetterSeries, cause);
    await openBucket(work, day);
    await work.commit();
  }

  async #write(failed: FailedWork): Promise<void> {
    const { day, subscriber, subject, cause } = failed;
    const work = this.#open(deadLettersBoundary(day), cause);
    const letter = await work.load(DeadLetter, deadLetterId(day, subscriber, subject));
    if (letter.exists && letter.state.status !== 'replayed') return;
    await commitWhatFits(work, letter, stateOf(failed, letter.current, this.#clock.now()));
    this.#metrics.deadLetters.inc({ subscriber });
    this.#log.error('parked as dead letter', {
      deadLetter: letter.id,
      subscriber,
      error: errorText(failed.error),
      traceId: traceIdOf(cause.traceparent),
      correlationId: cutText(cause.correlationId, longestName),
    });
  }
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
  const { subscriber, type, error, cause } = failed;
  const attempts = (before?.attempts ?? 0) + failed.attempts;
  const isScheduled = failed.isWorthRetrying && attempts < maxRetries;
  const letter: DeadLetterState = {
    source: failed.source,
    history: [],
    ...before,
    subscriber,
    ...(type === undefined ? {} : { type: cutText(type, longestName) }),
    status: 'parked',
    error: describe(error),
    attempts,
    ...(cause.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
  };
  const step = isScheduled ? 'scheduled' : 'parked';
  const next = stepOn(letter, { at: now.toISOString(), step, detail: errorText(error) });
  if (!isScheduled) return next;
  return { ...next, dueAt: later(now, Math.min(longestRetryMs, firstRetryMs * attempts)) };
}

function describe(error: unknown): DeadLetterState['error'] {
  if (!(error instanceof Error)) return { name: 'Error', message: cutText(String(error), longestText) };
  const { name, message, stack } = error;
  return {
    name: cutText(name, longestName),
    message: cutText(message, longestText),
    ...(stack === undefined ? {} : { stack: cutText(stack, longestText) }),
  };
}

/** The day under which a failure is kept, from the time of the event or, where that is unknown, of the record. */
export function dayOfFailure(time: string, now: Date): string {
  return /^\d{4}-\d{2}-\d{2}T/.test(time) ? dayOf(time) : dayOf(now.toISOString());
}
