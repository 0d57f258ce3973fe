import type { CommittedOffset } from '../../groups/committed-offsets.ts';
import { ErrorCode } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';
import { mapPartitions, type PerTopic, writePerTopic } from '../per-topic.ts';

type Progress = Omit<CommittedOffset, 'topic'>;

interface Request {
  readonly groupId: string;
  /** Null for all that the group has committed. */
  readonly topics: readonly PerTopic<number>[] | null;
}

interface Response {
  readonly code: number;
  readonly topics: readonly PerTopic<Progress>[];
}

/** OffsetFetch: how far a group has come; offset -1 where it committed nothing. */
export const offsetFetch = defineApi<Request, Response>({
  key: 9,
  name: 'OffsetFetch',
  minVersion: 1,
  maxVersion: 5,
  read(reader) {
    const groupId = reader.string();
    const topics = reader.nullableArray(() => ({
      topic: reader.string(),
      partitions: reader.array(() => reader.int32()),
    }));
    return { groupId, topics };
  },
  targets: ({ groupId, topics }) => [groupId, ...(topics ?? []).map(({ topic }) => topic)],
  serve({ groupId, topics }, { broker }) {
    const { groups } = broker;
    if (topics === null) return { code: ErrorCode.NONE, topics: byTopic(groups.allCommitted(groupId)) };
    const answer = mapPartitions(
      topics,
      (topic, partition) => groups.committed(groupId, topic, partition) ?? none(partition),
    );
    return { code: ErrorCode.NONE, topics: answer };
  },
  refuse: ({ topics }, code) => ({ code, topics: mapPartitions(topics ?? [], (_, partition) => none(partition)) }),
  write(writer, { code, topics }, { version, throttleMs }) {
    if (version >= 3) writer.int32(throttleMs);
    writePerTopic(writer, topics, (_, { partition, offset, metadata }) => {
      writer.int32(partition).int64(offset);
      if (version >= 5) writer.int32(-1); // leader epoch
      writer.string(metadata ?? '').int16(code);
    });
    if (version >= 2) writer.int16(code);
  },
});

function none(partition: number): Progress {
  return { partition, offset: -1, metadata: null };
}

function byTopic(all: readonly CommittedOffset[]): PerTopic<Progress>[] {
  const topics = Map.groupBy(all, ({ topic }) => topic);
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
}
