import type { Topic } from '../../log/topic-store.ts';
import type { Profile } from '../../profiles.ts';
import { ErrorCode, KafkaError } from '../../protocol/error-code.ts';
import {
  type BatchHeader,
  batchHeaderBytes,
  checksumMatches,
  compressionOf,
  isControl,
  isTransactional,
  readBatchHeader,
} from '../../protocol/record-batch.ts';
import { type Call, defineApi } from '../api.ts';
import { mapPartitions, type PerTopic, readPerTopic, topicNames, writePerTopic } from '../per-topic.ts';

const magicAt = 16;
const magicByte = 2;

interface PartitionRecords {
  readonly partition: number;
  readonly records: Buffer | null;
}

interface Request {
  readonly acks: number;
  readonly topics: readonly PerTopic<PartitionRecords>[];
}

interface PartitionResult {
  readonly partition: number;
  readonly code: number;
  readonly baseOffset: number;
  readonly startOffset: number;
}

/**
 * Produce: appends one record batch per partition. It is in the operating system before the answer goes out, whatever
 * `acks` says.
 *
 * Versions before 3 are offered because librdkafka looks for them to decide what a broker can do, as Kafka 4 offers
 * them (KAFKA-18659); their message sets are refused.
 */
export const produce = defineApi<Request, PerTopic<PartitionResult>[]>({
  key: 0,
  name: 'Produce',
  minVersion: 0,
  maxVersion: 7,
  read(reader, version) {
    if (version >= 3) reader.nullableString(); // transactional id: its batches say so themselves
    const acks = reader.int16();
    reader.int32(); // how long to wait for replicas, of which there are none
    const topics = readPerTopic(reader, () => ({ partition: reader.int32(), records: reader.nullableBytes() }));
    return { acks, topics };
  },
  targets: ({ topics }) => topicNames(topics),
  serve: ({ topics }, call) => mapPartitions(topics, (topic, item) => append(topic, item, call)),
  refuse: ({ topics }, code) => mapPartitions(topics, (_, { partition }) => failed(partition, code)),
  write(writer, topics, { version, throttleMs }) {
    writePerTopic(writer, topics, (_, { partition, code, baseOffset, startOffset }) => {
      writer.int32(partition).int16(code).int64(baseOffset);
      if (version >= 2) writer.int64(-1); // log append time: the timestamps are the producer's
      if (version >= 5) writer.int64(startOffset);
    });
    if (version >= 1) writer.int32(throttleMs);
  },
  /** Without acknowledgements, closing the connection is how Kafka tells the producer of an error. */
  ending({ acks }, topics) {
    if (acks !== 0) return 'answer';
    return topics.some(({ partitions }) => partitions.some(({ code }) => code !== ErrorCode.NONE))
      ? 'close'
      : 'no-answer';
  },
});

function append(name: string, { partition, records }: PartitionRecords, { broker }: Call): PartitionResult {
  const topic = broker.topics.get(name);
  const log = topic?.partitions[partition];
  if (topic === undefined || log === undefined) return failed(partition, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  try {
    const batch = records ?? Buffer.alloc(0);
    const header = checkedHeader(batch, topic, broker.profile);
    const baseOffset = log.append(batch, header, topic.limits.segmentBytes);
    return { partition, code: ErrorCode.NONE, baseOffset, startOffset: log.startOffset };
  } catch (error) {
    if (error instanceof KafkaError) return failed(partition, error.code);
    console.error(`Kafka broker: cannot append to ${name}-${partition}:`, error);
    return failed(partition, ErrorCode.KAFKA_STORAGE_ERROR);
  }
}

/** The header of the one batch that `batch` must be. */
function checkedHeader(batch: Buffer, topic: Topic, profile: Profile): BatchHeader {
  if (batch.length > magicAt && batch[magicAt] !== magicByte) {
    throw new KafkaError(ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT, 'only record batches of version 2 are supported');
  }
  if (batch.length < batchHeaderBytes) throw new KafkaError(ErrorCode.CORRUPT_MESSAGE, 'the batch has no whole header');
  const header = readBatchHeader(batch);
  if (header.bytes !== batch.length) {
    // Since Produce version 3 there is exactly one batch per partition (KIP-98).
    const code = header.bytes > batch.length ? ErrorCode.CORRUPT_MESSAGE : ErrorCode.INVALID_RECORD;
    throw new KafkaError(code, `the batch says ${header.bytes} bytes, ${batch.length} were sent`);
  }
  if (header.bytes > topic.limits.maxMessageBytes) {
    throw new KafkaError(ErrorCode.MESSAGE_TOO_LARGE, `the batch is larger than ${topic.limits.maxMessageBytes} bytes`);
  }
  if (!checksumMatches(batch, header)) throw new KafkaError(ErrorCode.CORRUPT_MESSAGE, 'the checksum does not match');
  if (isControl(header) || header.recordCount < 1 || header.lastOffsetDelta !== header.recordCount - 1) {
    throw new KafkaError(ErrorCode.INVALID_RECORD, 'a batch of a client has records and numbers them without gaps');
  }
  if (isTransactional(header)) throw new KafkaError(ErrorCode.INVALID_TXN_STATE, 'transactions are not supported');
  if (compressionOf(header) !== 0 && !profile.allowsCompression) {
    throw new KafkaError(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, 'compression is not supported');
  }
  return header;
}

function failed(partition: number, code: number): PartitionResult {
  return { partition, code, baseOffset: -1, startOffset: -1 };
}
