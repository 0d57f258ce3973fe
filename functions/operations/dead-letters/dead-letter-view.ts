import { z } from 'zod';
import { DeadLetterState } from '../../../shared/dead-letters/dead-letter.ts';
import { eventOf } from '../../../shared/dead-letters/dead-letter-event.ts';
import { Envelope } from '../../../shared/events/envelope.ts';

const { subscriber, failedIn, status, type, source, error, attempts, traceparent, dueAt, history } =
  DeadLetterState.shape;

/** A dead letter in a list. */
export const DeadLetterEntry = z
  .object({
    id: z.string(),
    subscriber,
    failedIn: failedIn.describe('Which it could not write, of a subscriber that writes two boundaries for one event'),
    status,
    type,
    error: error.omit({ stack: true }),
    attempts,
    dueAt,
    version: z.int(),
  })
  .meta({ id: 'DeadLetterEntry', description: 'A dead letter in a list' });

/** A dead letter with all that is known of it. */
export const DeadLetterView = DeadLetterEntry.extend({
  error,
  /** What a replay sends; absent for a deadline, and for bytes that are no event. */
  event: Envelope.optional(),
  isEdited: z.boolean(),
  source,
  traceparent,
  history,
}).meta({ id: 'DeadLetter', description: 'What could not be done, with all that is needed to try again' });

interface Letter {
  readonly id: string;
  readonly version: number;
  readonly state: DeadLetterState;
}

export function entryOf({ id, version, state }: Letter): z.output<typeof DeadLetterEntry> {
  const { subscriber, failedIn, status, type, error, attempts, dueAt } = state;
  return { id, subscriber, failedIn, status, type, error, attempts, dueAt, version };
}

export function viewOf({ id, version, state }: Letter): z.output<typeof DeadLetterView> {
  const { edited, ...rest } = state;
  return { id, ...rest, event: eventOf(state), isEdited: edited !== undefined, version };
}
