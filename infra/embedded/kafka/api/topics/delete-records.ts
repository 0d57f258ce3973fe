import { ErrorCode, KafkaError, outcomeOf } from '../../protocol/error-code.ts';
import { type Call, defineApi } from '../api.ts';
import { mapPartitions, type PerTopic, readPerTopic, topicNames, writePerTopic } from '../per-topic.ts';

/** Stands for the end of the log: delete everything. */
const highWatermark = -1;

interface Cut {
  readonly partition: number;
  readonly offset: number;
}

interface Result {
  readonly partition: number;
  readonly code: number;
  readonly lowWatermark: number;
}

/** DeleteRecords: forgets the messages before an offset. */
export const deleteRecords = defineApi<PerTopic<Cut>[], PerTopic<Result>[]>({
  key: 21,
  name: 'DeleteRecords',
  minVersion: 0,
  maxVersion: 1,
  read(reader) {
    const topics = readPerTopic(reader, () => ({ partition: reader.int32(), offset: reader.int64() }));
    reader.int32(); // time-out: it is done at once
    return topics;
  },
  targets: topicNames,
  serve: (topics, call) => mapPartitions(topics, (topic, cut) => deleteBefore(topic, cut, call)),
  refuse: (topics, code) => mapPartitions(topics, (_, { partition }) => ({ partition, code, lowWatermark: -1 })),
  write(writer, topics, { throttleMs }) {
    writePerTopic(writer.int32(throttleMs), topics, (_, { partition, lowWatermark, code }) =>
      writer.int32(partition).int64(lowWatermark).int16(code),
    );
  },
});

function deleteBefore(topic: string, { partition, offset }: Cut, { broker }: Call): Result {
  const log = broker.topics.partition(topic, partition);
  if (log === undefined) return { partition, code: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, lowWatermark: -1 };
  const { code } = outcomeOf(() => {
    if (offset < highWatermark) throw new KafkaError(ErrorCode.OFFSET_OUT_OF_RANGE, `${offset} is no offset`);
    log.deleteBefore(offset === highWatermark ? log.endOffset : offset);
  });
  return { partition, code, lowWatermark: code === ErrorCode.NONE ? log.startOffset : -1 };
}
