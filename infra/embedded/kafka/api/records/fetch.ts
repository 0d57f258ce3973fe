import type { PartitionLog } from '../../log/partition-log.ts';
import { ErrorCode } from '../../protocol/error-code.ts';
import { type Call, defineApi } from '../api.ts';
import { mapPartitions, type PerTopic, readPerTopic, topicNames, writePerTopic } from '../per-topic.ts';
import { untilChange } from './until-change.ts';

interface PartitionWish {
  readonly partition: number;
  readonly offset: number;
  readonly maxBytes: number;
}

interface Request {
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly topics: readonly PerTopic<PartitionWish>[];
}

interface PartitionData {
  readonly partition: number;
  readonly code: number;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly batches: readonly Buffer[];
}

/**
 * Fetch: record batches from given offsets on. While there is less than the client wants it is kept waiting, up to the
 * time it said. Fetch sessions (KIP-227) are declined with session id 0, which makes each request a full one.
 */
export const fetch = defineApi<Request, PerTopic<PartitionData>[]>({
  key: 1,
  name: 'Fetch',
  minVersion: 4,
  maxVersion: 11,
  read(reader, version) {
    reader.int32(); // replica id
    const maxWaitMs = reader.int32();
    const minBytes = reader.int32();
    const maxBytes = reader.int32();
    reader.int8(); // isolation level: without transactions all is committed
    if (version >= 7) reader.int64(); // session id and epoch
    const topics = readPerTopic(reader, () => {
      const partition = reader.int32();
      if (version >= 9) reader.int32(); // leader epoch, always the same
      const offset = reader.int64();
      if (version >= 5) reader.int64(); // the log start of a follower
      return { partition, offset, maxBytes: reader.int32() };
    });
    return { maxWaitMs, minBytes, maxBytes, topics };
  },
  targets: ({ topics }) => topicNames(topics),
  async serve(request, call) {
    const deadline = Date.now() + request.maxWaitMs;
    for (;;) {
      const data = collect(request, call);
      const waitMs = deadline - Date.now();
      if (waitMs <= 0 || isEnough(data, request) || call.session.closed.aborted || call.broker.stopping.aborted)
        return data;
      await untilChange(logsOf(request, call), waitMs, [call.session.closed, call.broker.stopping]);
    }
  },
  refuse: ({ topics }, code) => mapPartitions(topics, (_, { partition }) => failed(partition, code)),
  write(writer, topics, { version, throttleMs }) {
    writer.int32(throttleMs);
    if (version >= 7) writer.int16(ErrorCode.NONE).int32(0); // no session
    writePerTopic(writer, topics, (_, { partition, code, startOffset, endOffset, batches }) => {
      writer.int32(partition).int16(code).int64(endOffset).int64(endOffset);
      if (version >= 5) writer.int64(startOffset);
      writer.int32(0); // aborted transactions
      if (version >= 11) writer.int32(-1); // preferred read replica
      writer.int32(batches.reduce((sum, batch) => sum + batch.length, 0));
      for (const batch of batches) writer.raw(batch);
    });
  },
});

/** Reads what there is. The first batch found comes whole even when it is larger than the client's limits. */
function collect({ topics, maxBytes }: Request, { broker }: Call): PerTopic<PartitionData>[] {
  let left = maxBytes;
  let foundNone = true;
  return mapPartitions(topics, (topic, wish) => {
    const log = broker.topics.partition(topic, wish.partition);
    if (log === undefined) return failed(wish.partition, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    const { startOffset, endOffset } = log;
    if (wish.offset < startOffset || wish.offset > endOffset) {
      return { ...failed(wish.partition, ErrorCode.OFFSET_OUT_OF_RANGE), startOffset, endOffset };
    }
    try {
      const batches = log.read(wish.offset, Math.min(wish.maxBytes, Math.max(left, 0)), foundNone);
      for (const batch of batches) left -= batch.length;
      if (batches.length > 0) foundNone = false;
      return { partition: wish.partition, code: ErrorCode.NONE, startOffset, endOffset, batches };
    } catch (error) {
      console.error(`Kafka broker: cannot read ${topic}-${wish.partition}:`, error);
      return failed(wish.partition, ErrorCode.KAFKA_STORAGE_ERROR);
    }
  });
}

/** Whether to answer now: enough bytes, an error to tell, or nothing asked for. */
function isEnough(data: readonly PerTopic<PartitionData>[], { minBytes }: Request): boolean {
  const all = data.flatMap(({ partitions }) => partitions);
  const bytes = all.reduce((sum, { batches }) => batches.reduce((part, batch) => part + batch.length, sum), 0);
  return bytes >= minBytes || all.length === 0 || all.some(({ code }) => code !== ErrorCode.NONE);
}

function logsOf({ topics }: Request, { broker }: Call): PartitionLog[] {
  return topics
    .flatMap(({ topic, partitions }) => partitions.map(({ partition }) => broker.topics.partition(topic, partition)))
    .filter((log) => log !== undefined);
}

function failed(partition: number, code: number): PartitionData {
  return { partition, code, startOffset: -1, endOffset: -1, batches: [] };
}
