import type { ReceivedRecord } from '../bus/received-record.ts';
import { dataSchemaOf, type Envelope } from '../events/envelope.ts';
import { replayForHeader } from '../events/message-headers.ts';
import { readEnvelope, readEvent } from '../events/read-event.ts';
import { definitionOf } from '../events/registry.ts';
import type { Place } from './event-names.ts';

/**
 * The event in a record, its data of the version that this code knows; `undefined` where it is not for this place, or
 * sent again for one subscriber within Lagerhaus.
 *
 * @throws UnreadableEventError when the bytes are no event, or their data break the contract; NewerVersionError
 */
export function eventIn({ value, headers }: ReceivedRecord, { type }: Pick<Place, 'type'>): Envelope | undefined {
  if (headers[replayForHeader] !== undefined) return undefined;
  const envelope = readEnvelope(value);
  if (type !== undefined && envelope.type !== type) return undefined;
  const definition = definitionOf(envelope.type);
  // Who listens to a whole topic also hears what newer code has added to it.
  if (definition === undefined) return envelope;
  const { data } = readEvent(envelope, definition);
  return { ...envelope, data, dataschema: dataSchemaOf(envelope.type, definition.version) };
}
