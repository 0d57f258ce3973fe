import type { Envelope } from '../events/envelope.ts';
import { readEnvelope, UnreadableEventError } from '../events/read-event.ts';
import type { DeadLetterState } from './dead-letter.ts';

/** The event that a dead letter would send again; `undefined` where it holds a deadline, or bytes that are no event. */
export function eventOf({ edited, source }: DeadLetterState): Envelope | undefined {
  if (edited !== undefined) return edited;
  if (source.of !== 'event') return undefined;
  try {
    return readEnvelope(Buffer.from(source.raw, 'base64').toString());
  } catch (error) {
    if (error instanceof UnreadableEventError) return undefined;
    throw error;
  }
}
