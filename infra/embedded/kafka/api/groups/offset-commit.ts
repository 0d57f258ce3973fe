import type { CommittedOffset } from '../../groups/committed-offsets.ts';
import type { Speaker } from '../../groups/group.ts';
import { ErrorCode } from '../../protocol/error-code.ts';
import { type Call, defineApi } from '../api.ts';
import { mapPartitions, type PerTopic, readPerTopic, topicNames, writePerTopic } from '../per-topic.ts';

/** Kafka's `offset.metadata.max.bytes`. */
const maxMetadataBytes = 4_096;

type Progress = Omit<CommittedOffset, 'topic'>;

interface Request extends Speaker {
  readonly groupId: string;
  readonly topics: readonly PerTopic<Progress>[];
}

interface Result {
  readonly partition: number;
  readonly code: number;
}

/** OffsetCommit: a member, or an administrator while there are no members, says how far a group has come. */
export const offsetCommit = defineApi<Request, PerTopic<Result>[]>({
  key: 8,
  name: 'OffsetCommit',
  minVersion: 2,
  maxVersion: 7,
  read(reader, version) {
    const groupId = reader.string();
    const generation = reader.int32();
    const memberId = reader.string();
    const instanceId = version >= 7 ? reader.nullableString() : null;
    if (version <= 4) reader.int64(); // retention, the broker's business since
    const topics = readPerTopic(reader, () => {
      const partition = reader.int32();
      const offset = reader.int64();
      if (version >= 6) reader.int32(); // leader epoch, always the same
      return { partition, offset, metadata: reader.nullableString() };
    });
    return { groupId, generation, memberId, instanceId, topics };
  },
  targets: ({ groupId, topics }) => [groupId, ...topicNames(topics)],
  serve(request, call) {
    const refused = whyNot(request, call);
    if (refused !== ErrorCode.NONE) return results(request, () => refused);
    const { groupId, topics } = request;
    const fault = (topic: string, { partition, metadata }: Progress) => {
      if (call.broker.topics.partition(topic, partition) === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
      return Buffer.byteLength(metadata ?? '') > maxMetadataBytes
        ? ErrorCode.OFFSET_METADATA_TOO_LARGE
        : ErrorCode.NONE;
    };
    const good = topics.flatMap(({ topic, partitions }) =>
      partitions
        .filter((progress) => fault(topic, progress) === ErrorCode.NONE)
        .map((progress) => ({ topic, ...progress })),
    );
    call.broker.groups.commit(groupId, good);
    return results(request, fault);
  },
  refuse: (request, code) => results(request, () => code),
  write(writer, topics, { version, throttleMs }) {
    if (version >= 3) writer.int32(throttleMs);
    writePerTopic(writer, topics, (_, { partition, code }) => writer.int32(partition).int16(code));
  },
});

function whyNot({ groupId, topics: _, ...speaker }: Request, { broker }: Call): number {
  if (groupId === '') return ErrorCode.INVALID_GROUP_ID;
  const group = broker.groups.find(groupId);
  if (group !== undefined) return group.mayCommit(speaker);
  return speaker.generation < 0 ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
}

function results({ topics }: Request, codeOf: (topic: string, progress: Progress) => number): PerTopic<Result>[] {
  return mapPartitions(topics, (topic, progress) => ({ partition: progress.partition, code: codeOf(topic, progress) }));
}
