import type { PartitionContext, ReceivedEventData } from '@azure/event-hubs';
import type { RpcTypedData } from '../app/rpc.ts';
import type { EventHubsTrigger } from './event-hubs-trigger.ts';

type Place = Pick<PartitionContext, 'fullyQualifiedNamespace' | 'eventHubName' | 'consumerGroup' | 'partitionId'>;

/**
 * What a function of cardinality `many` gets for messages of one partition, the bodies of which are bytes
 * (EventHubTriggerBindingStrategy.cs of the extension, GrpcMessageConversionExtensions.cs of the host).
 */
export function eventHubInput(
  { dataType }: Pick<EventHubsTrigger, 'dataType'>,
  place: Place,
  events: readonly ReceivedEventData[],
): { input: RpcTypedData; triggerMetadata: Record<string, RpcTypedData> } {
  const bodies = events.map(({ body }): Buffer => Buffer.from(body));
  const input =
    dataType === 'binary' ? { collectionBytes: { bytes: bodies } } : texts(bodies.map((body) => body.toString()));
  return { input, triggerMetadata: metadataOf(place, events) };
}

function metadataOf(place: Place, events: readonly ReceivedEventData[]): Record<string, RpcTypedData> {
  const { fullyQualifiedNamespace, eventHubName, consumerGroup, partitionId } = place;
  return {
    PartitionContext: json({
      FullyQualifiedNamespace: fullyQualifiedNamespace,
      EventHubName: eventHubName,
      ConsumerGroup: consumerGroup,
      PartitionId: partitionId,
    }),
    PartitionKeyArray: texts(events.map(({ partitionKey }) => partitionKey ?? '')),
    OffsetArray: texts(events.map(({ offset }) => offset)),
    SequenceNumberArray: { collectionSint64: { sint64: events.map(({ sequenceNumber }) => sequenceNumber) } },
    EnqueuedTimeUtcArray: json(events.map(enqueuedTimeOf)),
    PropertiesArray: json(events.map(({ properties }) => properties ?? {})),
    SystemPropertiesArray: json(events.map(systemPropertiesOf)),
  };
}

function systemPropertiesOf(event: ReceivedEventData) {
  return {
    ...event.systemProperties,
    SequenceNumber: event.sequenceNumber,
    Offset: event.offset,
    PartitionKey: event.partitionKey ?? null,
    EnqueuedTimeUtc: enqueuedTimeOf(event),
  };
}

/** As Json.NET writes a DateTime that does not know its zone: without one, and without zeros at the end of the fraction. */
function enqueuedTimeOf({ enqueuedTimeUtc }: ReceivedEventData): string {
  return enqueuedTimeUtc.toISOString().replace(/\.?0*Z$/, '');
}

/** The host leaves out what is empty, unless a worker says that it wants it; the one of Node does not. */
function texts(values: readonly string[]): RpcTypedData {
  return { collectionString: { string: values.filter((value) => value !== '') } };
}

function json(value: unknown): RpcTypedData {
  return { json: JSON.stringify(value) };
}
