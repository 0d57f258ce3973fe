import rhea, { type Message } from 'rhea';
import { z } from 'zod';
import type { LogRecord, PlacedRecord } from '../kafka/protocol/records.ts';
import { AmqpError } from './amqp-error.ts';
import { offsetOf } from './sequence.ts';

const partitionKeyAnnotation = 'x-opt-partition-key';

/** A body of one data section, or of several. rhea's own class for it is not exported. */
const DataBody = z.object({
  typecode: z.literal(0x75),
  content: z.union([z.instanceof(Buffer), z.array(z.instanceof(Buffer))]),
});

const Decoded = z.object({
  message_annotations: z.record(z.string(), z.unknown()).optional(),
  application_properties: z.record(z.string(), z.unknown()).optional(),
  body: z.unknown(),
});
type Decoded = z.output<typeof Decoded>;

/** What arrived as one message: how its partition is chosen, and the records to append. */
export interface Sent {
  readonly partitionKey: string | undefined;
  readonly records: readonly LogRecord[];
}

/**
 * @param message a single one; or bytes, as rhea leaves them in Event Hubs' batch format: an envelope that has an encoded
 * message in each data section of its body.
 * @throws AmqpError for a body that no event has.
 */
export function sentIn(message: Message | Buffer): Sent {
  if (!Buffer.isBuffer(message)) {
    const single = Decoded.parse(message);
    return { partitionKey: keyOf(single), records: [recordOf(single, keyOf(single))] };
  }
  const envelope = decoded(message);
  const inner = bodiesOf(envelope).map(decoded);
  const partitionKey = keyOf(envelope) ?? inner.map(keyOf).find((key) => key !== undefined);
  return { partitionKey, records: inner.map((one) => recordOf(one, partitionKey)) };
}

function decoded(bytes: Buffer): Decoded {
  return Decoded.parse(rhea.message.decode(bytes));
}

function recordOf(message: Decoded, partitionKey: string | undefined): LogRecord {
  return {
    key: partitionKey === undefined ? null : Buffer.from(partitionKey),
    value: Buffer.concat(bodiesOf(message)),
    headers: Object.entries(message.application_properties ?? {}).map(([name, value]) => ({
      name,
      value: Buffer.from(String(value)),
    })),
  };
}

function bodiesOf({ body }: Decoded): Buffer[] {
  const data = DataBody.safeParse(body);
  if (!data.success) throw new AmqpError('argument', 'an event has a body of data sections');
  return [data.data.content].flat();
}

function keyOf({ message_annotations: annotations }: Decoded): string | undefined {
  const key = annotations?.[partitionKeyAnnotation];
  return key === undefined || key === null ? undefined : String(key);
}

/** A record as Event Hubs hands it out, with its place in the annotations. */
export function deliveryOf({ offset, timestamp, key, value, headers }: PlacedRecord): Message {
  return {
    message_annotations: {
      'x-opt-sequence-number': rhea.types.wrap_long(offset),
      'x-opt-offset': offsetOf(offset),
      'x-opt-enqueued-time': rhea.types.wrap_timestamp(timestamp),
      ...(key === null ? {} : { [partitionKeyAnnotation]: String(key) }),
    },
    application_properties: Object.fromEntries(headers.map(({ name, value }) => [name, String(value ?? '')])),
    body: rhea.message.data_section(value ?? Buffer.alloc(0)),
  };
}
