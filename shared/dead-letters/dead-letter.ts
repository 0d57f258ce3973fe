import { z } from 'zod';
import { Envelope } from '../events/envelope.ts';
import { hashOf } from '../ids.ts';
import { defineProjection } from '../model/projection.ts';
import { bucketBoundary } from '../persistence/reading/buckets.ts';

/**
 * `parked` waits for somebody to decide; `waiting` is an event whose document is not there yet, and `scheduled` anything else
 * that is tried again by itself when it is due; `replayed` was tried again, and is parked anew should it fail again;
 * `discarded` is not to be done any more.
 */
export const DeadLetterStatus = z.enum(['parked', 'waiting', 'scheduled', 'replayed', 'discarded']);
export type DeadLetterStatus = z.infer<typeof DeadLetterStatus>;

const Step = z.object({
  at: z.iso.datetime(),
  step: z.enum([...DeadLetterStatus.options, 'edited']),
  /** Whose decision it was; absent where the machinery did it by itself. */
  by: z.string().optional(),
  detail: z.string(),
});
export type DeadLetterStep = z.infer<typeof Step>;

const DueDocument = z.object({
  of: z.literal('deadline'),
  container: z.string(),
  boundary: z.string(),
  document: z.string(),
  /** The version of the document when it was given up. */
  version: z.int(),
  dueAt: z.string(),
});
/** A document that was visited in vain, as it was when it was given up. */
export type DueDocument = z.infer<typeof DueDocument>;

/** What could not be done: an event, bytes that are no event, or a deadline; with all that is needed to try again. */
export const DeadLetterState = z.object({
  /** Who could not: a subscriber, a consumer (for bytes that are no event), or a service's sweep (for a deadline). */
  subscriber: z.string(),
  /** Where it could not, for a reaction that writes two boundaries: each of them fails by itself. */
  failedIn: z.string().optional(),
  status: DeadLetterStatus,
  /** The type of the event, where it is one. */
  type: z.string().optional(),
  source: z.discriminatedUnion('of', [
    z.object({
      of: z.literal('event'),
      topic: z.string(),
      partition: z.int(),
      offset: z.int(),
      key: z.string().optional(),
      /** The bytes of the record's value, in base64. */
      raw: z.base64(),
      /** How many bytes the value had, where `raw` is only their beginning: then topic, partition and offset lead to it. */
      cutFromBytes: z.int().optional(),
    }),
    DueDocument,
  ]),
  /** The event as somebody has mended it: it is sent again in place of what came. */
  edited: Envelope.optional(),
  error: z.object({ name: z.string(), message: z.string(), stack: z.string().optional() }),
  attempts: z.int(),
  traceparent: z.string().optional(),
  dueAt: z.iso.datetime().optional(),
  /** Seconds; a letter that was resolved by itself is of interest to nobody for long. */
  ttl: z.int().optional(),
  history: z.array(Step),
});
export type DeadLetterState = z.infer<typeof DeadLetterState>;

export const DeadLetter = defineProjection({ kind: 'dead-letter', state: DeadLetterState });

/** The series of the buckets that have dead letters. */
export const deadLetterSeries = 'dead-letters';

/** A day's waiting letters are spread over so many buckets: thousands may come within a minute, and each is written again and again. */
const waitingBuckets = 8;

/** Dead letters are kept and listed by the day of what they are about. */
export function deadLettersBoundary(bucket: string): string {
  return bucketBoundary(deadLetterSeries, bucket);
}

/** What a letter is kept under. */
export interface LetterKey {
  readonly tenant: string;
  /** The day of what it is about. */
  readonly day: string;
  readonly subscriber: string;
  /** The boundary, of a reaction that writes two. */
  readonly end?: string | undefined;
  /** The event's id; where there is none, whatever tells this failure from others. */
  readonly subject: string;
}

/**
 * The id of a dead letter: the same failure has the same id, so it is kept once. It begins with the day of what it is
 * about, which leads to the boundary; the subject comes next, since ids of events sort by time.
 */
export function deadLetterId({ day, subscriber, end, subject }: Omit<LetterKey, 'tenant'>): string {
  const where = end === undefined ? '' : `~${hashOf([end]).slice(0, 12)}`;
  return `${day}~${subject}~${subscriber}${where}`;
}

/** The id of a letter that began by waiting; it keeps it when it is parked. */
export function waitingLetterId({ day, ...key }: Omit<LetterKey, 'tenant'>): string {
  const number = Number.parseInt(hashOf([key.subject]).slice(0, 8), 16) % waitingBuckets;
  return deadLetterId({ ...key, day: `${day}.${number}` });
}

/** The bucket in an id: a day, or a day and a number. */
export function bucketOfDeadLetter(id: string): string {
  return id.slice(0, id.indexOf('~'));
}

/** A letter that fails again and again still fits into a document. */
const mostSteps = 50;

/** The letter one step on: in the step's status, and no longer due. An edit leaves both as they are. */
export function stepOn(letter: DeadLetterState, step: DeadLetterStep): DeadLetterState {
  const [first, ...others] = [...letter.history, step];
  const history = first === undefined ? [] : [first, ...others.slice(1 - mostSteps)];
  if (step.step === 'edited') return { ...letter, history };
  const { dueAt: _, ttl: __, ...rest } = letter;
  return { ...rest, status: step.step, history };
}
