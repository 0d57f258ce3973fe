import type { Envelope } from '../events/envelope.ts';
import { readEnvelope, UnreadableEventError } from '../events/read-event.ts';
import { type Rejection, reject } from '../model/rejection.ts';
import type { DeadLetterState } from './dead-letter.ts';
import type { RecordSource } from './record-source.ts';

/** A document nests 128 levels at most, of which an outbox document has a few above its events. */
const deepestLevel = 100;

/**
 * The event that a dead letter would send again; `undefined` where it holds a deadline, bytes that are no event, or one that is
 * too large to be kept or too deep to be stored again.
 */
export function eventOf({ edited, source }: DeadLetterState): Envelope | undefined {
  if (edited !== undefined) return edited;
  if (source.of !== 'event' || source.cutFromBytes !== undefined) return undefined;
  try {
    const envelope = readEnvelope(Buffer.from(source.raw, 'base64').toString());
    return isDeeperThan(deepestLevel, envelope) ? undefined : envelope;
  } catch (error) {
    if (error instanceof UnreadableEventError) return undefined;
    throw error;
  }
}

/** Why there is nothing that could be edited or sent, in a letter without an event. */
export function whyNoEvent({ source }: DeadLetterState): Rejection {
  if (source.of === 'deadline')
    return reject('not-an-event', 'this dead letter is a deadline: there is no event in it');
  return (
    whyNotWhole(source) ?? reject('not-an-event', 'what arrived is no event, so nobody could react to it: discard it')
  );
}

/** Why a record cannot be had, where only its beginning is kept. */
export function whyNotWhole({ cutFromBytes, topic, partition, offset }: RecordSource): Rejection | undefined {
  if (cutFromBytes === undefined) return undefined;
  return reject(
    'event-cut',
    `what arrived had ${cutFromBytes} bytes, and only their beginning is kept; it is at offset ${offset} of partition ${partition} of ${topic}`,
  );
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
