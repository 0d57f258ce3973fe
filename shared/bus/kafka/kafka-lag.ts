import type { Admin, Kafka } from 'kafkajs';
import { once } from '../../async/once.ts';
import { type ConsumerGroup, type ConsumerLag, type LagReader, lagOf, type PartitionProgress } from '../lag.ts';
import { kafkaPartitionOf } from './kafka-partition.ts';

/** How a group that has never committed answers. Source: https://kafka.apache.org/protocol.html#The_Messages_OffsetFetch */
const neverCommitted = -1;

interface Ends {
  readonly partition: number;
  readonly oldest: number;
  readonly newest: number;
}

/** Lag from the offsets that groups have committed to the brokers, and the ends of the topics: a few requests in all. */
export function kafkaLagReader(kafka: Kafka): LagReader {
  const admin = kafka.admin({ retry: { retries: 1, initialRetryTime: 100 } });
  const connected = once(() => admin.connect());
  return {
    async read(groups) {
      await connected();
      const topics = [...new Set(groups.map(({ topic }) => topic))];
      // The groups come first: what is written meanwhile may make a lag too large by a moment, never negative.
      const committed = await Promise.all(groups.map((group) => committedBy(admin, group)));
      const ends = new Map(
        await Promise.all(topics.map(async (topic) => [topic, await endsOf(admin, topic)] as const)),
      );
      return groups.map((group, index) => lagIn(group, ends.get(group.topic) ?? [], committed[index]));
    },
    partitionOf: kafkaPartitionOf,
    close: () => admin.disconnect(),
  };
}

async function committedBy(admin: Admin, { name, topic }: ConsumerGroup): Promise<ReadonlyMap<number, number>> {
  const answers = await admin.fetchOffsets({ groupId: name, topics: [topic] });
  const offsets = answers.flatMap(({ partitions }) => partitions);
  return new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
}

async function endsOf(admin: Admin, topic: string): Promise<readonly Ends[]> {
  const ends = await admin.fetchTopicOffsets(topic);
  return ends.map(({ partition, low, high }) => ({ partition, oldest: Number(low), newest: Number(high) }));
}

function lagIn(
  group: ConsumerGroup,
  ends: readonly Ends[],
  committed: ReadonlyMap<number, number> | undefined,
): ConsumerLag {
  const progress = ends.map((end): PartitionProgress => {
    const offset = committed?.get(end.partition) ?? neverCommitted;
    return { ...end, committed: offset <= neverCommitted ? undefined : offset };
  });
  return lagOf(group, progress);
}
