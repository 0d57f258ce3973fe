import type { EventHubProducerClient, PartitionProperties } from '@azure/event-hubs';
import { BlobCheckpointStore } from '@azure/eventhubs-checkpointstore-blob';
import type { ContainerClient } from '@azure/storage-blob';
import { type ConsumerGroup, type ConsumerLag, type LagReader, lagOf } from '../lag.ts';
import type { HubClients } from './event-hubs-connection.ts';

/** Lag from the checkpoints of the Event Hubs trigger and the ends of the hubs' partitions, as sequence numbers. */
export function eventHubsLagReader(hubs: HubClients, checkpoints: ContainerClient): LagReader {
  const store = new BlobCheckpointStore(checkpoints);
  return {
    async read(groups) {
      // The checkpoints come first: what is written meanwhile may make a lag too large by a moment, never negative.
      const handled = await Promise.all(groups.map((group) => lastHandled(store, group, hubs.of(group.topic))));
      const topics = [...new Set(groups.map(({ topic }) => topic))];
      const ends = new Map(
        await Promise.all(topics.map(async (topic) => [topic, await endsOf(hubs.of(topic))] as const)),
      );
      return groups.map((group, index) => lagIn(group, ends.get(group.topic) ?? [], handled[index]));
    },
    partitionOf: () => undefined, // Event Hubs hashes keys by itself, in a way that it does not tell
    close: async () => undefined, // its clients are the transport's, or have no connection
  };
}

/** The sequence number that was handled last, by partition. Before a trigger has run there is not even a container. */
async function lastHandled(
  store: BlobCheckpointStore,
  { name, topic }: ConsumerGroup,
  { fullyQualifiedNamespace }: EventHubProducerClient,
): Promise<ReadonlyMap<string, number>> {
  try {
    const checkpoints = await store.listCheckpoints(fullyQualifiedNamespace, topic, name);
    return new Map(checkpoints.map(({ partitionId, sequenceNumber }) => [partitionId, sequenceNumber]));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ContainerNotFound') return new Map();
    throw error;
  }
}

async function endsOf(producer: EventHubProducerClient): Promise<readonly PartitionProperties[]> {
  const partitions = await producer.getPartitionIds();
  return Promise.all(partitions.map((partition) => producer.getPartitionProperties(partition)));
}

function lagIn(
  group: ConsumerGroup,
  ends: readonly PartitionProperties[],
  handled: ReadonlyMap<string, number> | undefined,
): ConsumerLag {
  const progress = ends.map(({ partitionId, beginningSequenceNumber, lastEnqueuedSequenceNumber }) => {
    const last = handled?.get(partitionId);
    return {
      partition: Number(partitionId),
      committed: last === undefined ? undefined : last + 1,
      oldest: beginningSequenceNumber,
      newest: lastEnqueuedSequenceNumber + 1,
    };
  });
  return lagOf(group, progress);
}
