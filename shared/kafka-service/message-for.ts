import type { BusMessage } from '../bus/bus-message.ts';
import { Envelope } from '../events/envelope.ts';
import { headersOf } from '../events/message-headers.ts';
import { readEvent } from '../events/read-event.ts';
import { definitionOf } from '../events/registry.ts';
import { topicKeyOf } from '../events/topic-key.ts';
import { placeOf } from './event-names.ts';
import { InvalidEventError, issuesOf } from './invalid-event.ts';

/**
 * The message that brings an event to the bus.
 *
 * @param name where to: an event type or a topic, by any of its names
 * @param key what the event has to be in order with, by default its own partition key
 * @throws InvalidEventError, UnknownNameError, UnreadableEventError
 */
export function messageFor(name: string, event: Envelope, key: string | undefined): BusMessage {
  const checked = Envelope.safeParse(event);
  if (!checked.success)
    throw new InvalidEventError(`this is no event: make it with createEvent (${issuesOf(checked.error)})`);
  const { topic, type } = placeOf(name);
  const definition = definitionOf(event.type);
  if (definition === undefined)
    throw new InvalidEventError(
      `the event's type ${event.type} has no place on the bus: KAFKA_TOPICS has those that do`,
    );
  if (definition.topic !== topic || (type !== undefined && type !== event.type))
    throw new InvalidEventError(`a ${event.type} does not go to ${name}: publish it to '${event.type}'`);
  readEvent(checked.data, definition);
  const sent = { ...event, partitionkey: key ?? event.partitionkey };
  return { topic, key: topicKeyOf(sent), value: JSON.stringify(sent), headers: headersOf(sent) };
}
