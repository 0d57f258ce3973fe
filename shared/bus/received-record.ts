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

/**
 * What the Event Hubs trigger tells of the messages of one invocation, all of one partition. Of the many arrays that it gives
 * only these are whole: the host leaves empty texts out of arrays of texts, and the programming model parses what looks like
 * JSON in the others. A `DateTime` without a zone is UTC.
 * Source: https://github.com/Azure/azure-sdk-for-net (EventHubTriggerBindingStrategy),
 * https://github.com/Azure/azure-functions-host (GrpcMessageConversionExtensions)
 */
const EventHubMetadata = z.object({
  partitionContext: z.object({ eventHubName: z.string(), partitionId: z.coerce.number().int() }),
  propertiesArray: z.array(z.record(z.string(), z.unknown())),
  systemPropertiesArray: z.array(
    z.object({ sequenceNumber: z.int(), enqueuedTimeUtc: z.string(), partitionKey: z.string().nullish() }),
  ),
});

/** A record off the bus, not yet known to be an event. */
export interface ReceivedRecord {
  readonly topic: string;
  readonly partition: number;
  /** Counts the records of the partition: Kafka's offset, Event Hubs' sequence number. */
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

/**
 * The records of one invocation by the Event Hubs trigger (cardinality `many`, data type `binary`).
 *
 * @throws Error when the host sends a shape that it should not, as `recordsOf` does.
 */
export function recordsOfEventHub(triggerInput: unknown, triggerMetadata: unknown): readonly ReceivedRecord[] {
  const values = z.array(z.instanceof(Uint8Array)).parse(triggerInput);
  const { partitionContext, propertiesArray, systemPropertiesArray } = EventHubMetadata.parse(triggerMetadata);
  if (values.length !== propertiesArray.length || values.length !== systemPropertiesArray.length)
    throw new Error(`the host sends ${values.length} messages and the properties of ${propertiesArray.length}`);
  return systemPropertiesArray.map(({ sequenceNumber, enqueuedTimeUtc, partitionKey }, index) => ({
    topic: partitionContext.eventHubName,
    partition: partitionContext.partitionId,
    offset: sequenceNumber,
    timestamp: /Z|[+-]\d\d:\d\d$/.test(enqueuedTimeUtc) ? enqueuedTimeUtc : `${enqueuedTimeUtc}Z`,
    key: partitionKey ?? undefined,
    value: Buffer.from(values[index] ?? []).toString(),
    headers: textsOf(propertiesArray[index] ?? {}),
  }));
}

function textsOf(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value ?? '')]));
}
