import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { RpcTypedData } from '../app/rpc.ts';
import type { KafkaTrigger } from './kafka-trigger.ts';

/** A message and where it is from. */
export interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly message: KafkaMessage;
}

/** The extension's KafkaEventData, as Newtonsoft.Json writes it. */
interface KafkaEventData {
  readonly Offset: number;
  readonly Partition: number;
  readonly Topic: string;
  readonly Timestamp: string;
  readonly Value: string | null;
  readonly Key: string | null;
  readonly Headers: readonly KafkaHeader[];
}

interface KafkaHeader {
  readonly Key: string;
  readonly Value: string | null;
}

/** What a function gets for `records`, of which there is one unless the cardinality is `many`. */
export function kafkaInput(
  { cardinality, dataType }: Pick<KafkaTrigger, 'cardinality' | 'dataType'>,
  records: readonly KafkaRecord[],
): { input: RpcTypedData; triggerMetadata: Record<string, RpcTypedData> } {
  if (cardinality === 'many') {
    return {
      input: dataType === 'binary' ? { collectionBytes: { bytes: valuesOf(records) } } : collectionOf(records),
      triggerMetadata: metadataOfMany(records),
    };
  }
  const [record] = records;
  const [value] = valuesOf(records);
  if (record === undefined) throw new RangeError('A Kafka function is not called without an event.');
  const event = eventData(record);
  const text = { string: JSON.stringify(event) };
  const bytes = value === undefined ? {} : { bytes: value };
  return { input: dataType === 'binary' ? bytes : text, triggerMetadata: metadataOfOne(event) };
}

function eventData({ topic, partition, message }: KafkaRecord): KafkaEventData {
  return {
    Offset: Number(message.offset),
    Partition: partition,
    Topic: topic,
    Timestamp: timestampOf(message),
    Value: message.value?.toString('utf8') ?? null,
    Key: message.key?.toString('utf8') ?? null,
    Headers: headersOf(message.headers ?? {}),
  };
}

/** How far a `Date` reaches from 1970, either way. Source: ECMA-262, Time Values and Time Range */
const farthestMs = 8_640_000_000_000_000;

/** As .NET writes a UTC DateTime: no zeros at the end of the fraction. Whoever sent it may say any time: it stops no partition here. */
function timestampOf({ timestamp }: KafkaMessage): string {
  const time = Math.max(-farthestMs, Math.min(farthestMs, Number(timestamp)));
  return new Date(time).toISOString().replace(/\.?0+Z$/, 'Z');
}

/** Values are bytes, which JSON carries in base64; a header may be there several times. */
function headersOf(headers: IHeaders): KafkaEventData['Headers'] {
  const all: KafkaHeader[] = [];
  for (const [Key, values] of Object.entries(headers)) {
    if (Array.isArray(values)) for (const value of values) all.push({ Key, Value: base64Of(value) });
    else all.push({ Key, Value: base64Of(values) });
  }
  return all;
}

function base64Of(value: Buffer | string | undefined): string | null {
  if (value == null) return null;
  return (typeof value === 'string' ? Buffer.from(value) : value).toString('base64');
}

/** A value that is null (a tombstone) has no place in a collection of bytes, neither there nor here. */
function valuesOf(records: readonly KafkaRecord[]): Uint8Array[] {
  return records.flatMap(({ message }) => message.value ?? []);
}

function collectionOf(records: readonly KafkaRecord[]): RpcTypedData {
  return { collectionString: { string: records.map((record) => JSON.stringify(eventData(record))) } };
}

/** Types as the host's conversion picks them; what is null is left out (ScriptInvocationContextExtensions.cs). */
function metadataOfOne(event: KafkaEventData): Record<string, RpcTypedData> {
  return {
    ...(event.Key === null ? {} : { Key: { string: event.Key } }),
    Partition: json(() => event.Partition),
    Topic: { string: event.Topic },
    Timestamp: json(() => event.Timestamp),
    Offset: json(() => event.Offset),
    Headers: json(() => event.Headers),
  };
}

/** Made of the records, which are kept until they are done anyway, and not of what is handed on, which is not. */
function metadataOfMany(records: readonly KafkaRecord[]): Record<string, RpcTypedData> {
  let read: readonly KafkaEventData[] | undefined;
  const ofEach = (one: (event: KafkaEventData) => unknown) =>
    json(() => {
      read ??= records.map(eventData);
      return read.map((event) => one(event));
    });
  return {
    KeyArray: ofEach(({ Key }) => Key),
    PartitionArray: ofEach(({ Partition }) => Partition),
    TopicArray: { collectionString: { string: records.map(({ topic }) => topic) } },
    TimestampArray: ofEach(({ Timestamp }) => Timestamp),
    OffsetArray: { collectionSint64: { sint64: records.map(({ message }) => Number(message.offset)) } },
    HeadersArray: ofEach(({ Headers }) => Headers),
  };
}

/** Is written when somebody reads it. The programming model converts metadata when a function asks for them, which few do. */
function json(make: () => unknown): RpcTypedData {
  let written: string | undefined;
  return {
    get json() {
      written ??= JSON.stringify(make());
      return written;
    },
  };
}
