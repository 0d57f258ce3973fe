import { z } from 'zod';

/**
 * A record as the Kafka trigger hands it to a function.
 * Source: https://github.com/Azure/azure-functions-kafka-extension (KafkaEventData, serialized by Json.NET)
 */
const TriggerRecord = z.compile(
  z.object({
    Topic: z.string(),
    Partition: z.int(),
    Offset: z.int(),
    Timestamp: z.string(),
    Key: z.string().nullish(),
    Value: z.string().nullish(),
    Headers: z.array(z.object({ Key: z.string(), Value: z.string().nullish() })).nullish(),
  }),
);

/** A record off the bus, not yet known to be an event. */
export interface ReceivedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** When the broker took it, ISO 8601. */
  readonly timestamp: string;
  readonly key: string | undefined;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The records of one invocation.
 *
 * @throws Error when the host sends a shape that it should not: the host is wrong, not the record, so nothing may be skipped.
 */
export function recordsOf(triggerInput: unknown): readonly ReceivedRecord[] {
  const items = Array.isArray(triggerInput) ? triggerInput : [triggerInput];
  return items.map((item) => recordOf(TriggerRecord.parse(typeof item === 'string' ? JSON.parse(item) : item)));
}

function recordOf(record: z.output<typeof TriggerRecord>): ReceivedRecord {
  const headers = (record.Headers ?? []).map(({ Key, Value }) => [Key, Buffer.from(Value ?? '', 'base64').toString()]);
  return {
    topic: record.Topic,
    partition: record.Partition,
    offset: record.Offset,
    timestamp: record.Timestamp,
    key: record.Key ?? undefined,
    value: record.Value ?? '',
    headers: Object.fromEntries(headers),
  };
}
