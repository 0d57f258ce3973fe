import { onlyBrokerId } from '../../broker.ts';
import { ErrorCode, KafkaError, type Outcome, outcomeOf } from '../../protocol/error-code.ts';
import { type Call, defineApi } from '../api.ts';
import { topicNames } from '../per-topic.ts';
import { validatePartitionCount } from './partition-count.ts';

interface Growth {
  readonly topic: string;
  /** All partitions that the topic shall have. */
  readonly count: number;
  /** For each new partition the brokers that shall have it, or null to leave that to the server. */
  readonly assignment: readonly (readonly number[])[] | null;
}

interface Request {
  readonly topics: readonly Growth[];
  readonly validateOnly: boolean;
}

interface Result extends Outcome {
  readonly topic: string;
}

/** CreatePartitions: more partitions for topics that exist. */
export const createPartitions = defineApi<Request, readonly Result[]>({
  key: 37,
  name: 'CreatePartitions',
  minVersion: 0,
  maxVersion: 1,
  read(reader) {
    const topics = reader.array(() => ({
      topic: reader.string(),
      count: reader.int32(),
      assignment: reader.nullableArray(() => reader.array(() => reader.int32())),
    }));
    reader.int32(); // time-out: it is done at once
    return { topics, validateOnly: reader.boolean() };
  },
  targets: ({ topics }) => topicNames(topics),
  serve: ({ topics, validateOnly }, call) =>
    topics.map((growth) => ({ topic: growth.topic, ...outcomeOf(() => grow(growth, validateOnly, call)) })),
  refuse: ({ topics }, code) => topics.map(({ topic }) => ({ topic, code, message: null })),
  write(writer, results, { throttleMs }) {
    writer.int32(throttleMs);
    writer.array(results, (_, { topic, code, message }) => writer.string(topic).int16(code).string(message));
  },
});

function grow({ topic: name, count, assignment }: Growth, validateOnly: boolean, { broker }: Call): void {
  const topic = broker.topics.require(name);
  const now = topic.partitions.length;
  if (count === now) throw new KafkaError(ErrorCode.INVALID_PARTITIONS, `Topic already has ${now} partition(s).`);
  if (count < now) {
    const reason = `The topic ${name} currently has ${now} partition(s); ${count} would not be an increase.`;
    throw new KafkaError(ErrorCode.INVALID_PARTITIONS, reason);
  }
  validatePartitionCount(count, broker.profile.maxPartitions);
  // kafkajs sends an empty list for "wherever you like".
  const assigned = assignment !== null && assignment.length > 0;
  const fits =
    assignment?.length === count - now && assignment.every((ids) => ids.length === 1 && ids[0] === onlyBrokerId);
  if (assigned && !fits) {
    const reason = `Each of the ${count - now} new partitions must be assigned to broker ${onlyBrokerId}, the only one.`;
    throw new KafkaError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, reason);
  }
  if (!validateOnly) broker.topics.addPartitions(topic, count);
}
