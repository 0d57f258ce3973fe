import type { PartitionLog } from '../../log/partition-log.ts';
import { ErrorCode } from '../../protocol/error-code.ts';
import type { TimedOffset } from '../../protocol/record-time.ts';
import { defineApi } from '../api.ts';
import { mapPartitions, type PerTopic, readPerTopic, topicNames, writePerTopic } from '../per-topic.ts';

const latest = -1;
const earliest = -2;
const notFound: TimedOffset = { offset: -1, timestamp: -1 };

interface Question {
  readonly partition: number;
  readonly time: number;
}

interface Answer extends TimedOffset {
  readonly partition: number;
  readonly code: number;
}

/**
 * ListOffsets: the first offset, the next one, or the first at or after a time. Other negative times are questions of later versions,
 * such as for the highest timestamp (KIP-734).
 */
export const listOffsets = defineApi<PerTopic<Question>[], PerTopic<Answer>[]>({
  key: 2,
  name: 'ListOffsets',
  minVersion: 1,
  maxVersion: 3,
  read(reader, version) {
    reader.int32(); // replica id
    if (version >= 2) reader.int8(); // isolation level: without transactions all is committed
    return readPerTopic(reader, () => ({ partition: reader.int32(), time: reader.int64() }));
  },
  targets: topicNames,
  serve: (topics, { broker }) =>
    mapPartitions(topics, (topic, { partition, time }) => {
      const log = broker.topics.partition(topic, partition);
      if (log === undefined) return { partition, code: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ...notFound };
      if (time < earliest) return { partition, code: ErrorCode.UNSUPPORTED_VERSION, ...notFound };
      return { partition, code: ErrorCode.NONE, ...offsetAt(log, time) };
    }),
  refuse: (topics, code) => mapPartitions(topics, (_, { partition }) => ({ partition, code, ...notFound })),
  write(writer, topics, { version, throttleMs }) {
    if (version >= 2) writer.int32(throttleMs);
    writePerTopic(writer, topics, (_, { partition, code, timestamp, offset }) =>
      writer.int32(partition).int16(code).int64(timestamp).int64(offset),
    );
  },
});

function offsetAt(log: PartitionLog, time: number): TimedOffset {
  if (time === latest) return { offset: log.endOffset, timestamp: -1 };
  if (time === earliest) return { offset: log.startOffset, timestamp: -1 };
  return log.firstSince(time) ?? notFound;
}
