import { z } from 'zod';
import { defineProjection } from './projection.ts';

/** The container of the service operations, which owns the dead letters of all. */
export const deadLettersContainer = 'dead-letters';

const Step = z.object({ at: z.iso.datetime(), step: z.enum(['parked', 'scheduled', 'replayed']), detail: z.string() });

/** What could not be done: an event, bytes that are no event, or a deadline; with all that is needed to try again. */
export const DeadLetterState = z.object({
  /** Who could not: a subscriber, a consumer (for bytes that are no event), or a deadline. */
  subscriber: z.string(),
  status: z.enum(['parked', 'scheduled', 'replayed']),
  source: z.discriminatedUnion('of', [
    z.object({
      of: z.literal('event'),
      topic: z.string(),
      partition: z.int(),
      offset: z.int(),
      key: z.string().optional(),
      /** The bytes of the record's value, in base64. */
      raw: z.base64(),
    }),
    z.object({ of: z.literal('deadline'), container: z.string(), boundary: z.string(), document: z.string() }),
  ]),
  error: z.object({ name: z.string(), message: z.string(), stack: z.string().optional() }),
  attempts: z.int(),
  traceparent: z.string().optional(),
  dueAt: z.iso.datetime().optional(),
  history: z.array(Step),
});
export type DeadLetterState = z.infer<typeof DeadLetterState>;

export const DeadLetter = defineProjection({ kind: 'dead-letter', state: DeadLetterState });

/** Dead letters are kept and listed by the day of what they are about. */
export function deadLettersBoundary(day: string): string {
  return `dead-letters:${day}`;
}

/** The id says the day, so that it leads to the boundary; the same failure has the same id, so it is kept once. */
export function deadLetterId(day: string, subscriber: string, subject: string): string {
  return `${day}~${subscriber}~${subject}`;
}
