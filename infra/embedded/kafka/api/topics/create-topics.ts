import { onlyBrokerId } from '../../broker.ts';
import { validateTopicConfigs } from '../../log/topic-configs.ts';
import { namesCollide, validateTopicName } from '../../log/topic-name.ts';
import { ErrorCode, KafkaError, type Outcome, outcomeOf } from '../../protocol/error-code.ts';
import type { Reader } from '../../protocol/reader.ts';
import { type Call, defineApi } from '../api.ts';
import { topicNames } from '../per-topic.ts';
import { readConfigs } from './config-resource.ts';

/** Kafka's `num.partitions`, for a count of -1. */
const defaultPartitions = 1;

interface TopicWish {
  readonly topic: string;
  readonly partitionCount: number;
  readonly replicationFactor: number;
  readonly assignment: readonly { readonly partition: number; readonly brokers: readonly number[] }[];
  readonly configs: ReadonlyMap<string, string>;
}

interface Request {
  readonly topics: readonly TopicWish[];
  readonly validateOnly: boolean;
}

interface Result extends Outcome {
  readonly topic: string;
}

/** CreateTopics: each topic by itself, or only whether it could be created. */
export const createTopics = defineApi<Request, readonly Result[]>({
  key: 19,
  name: 'CreateTopics',
  minVersion: 1,
  maxVersion: 4,
  read(reader) {
    const topics = reader.array(readWish);
    reader.int32(); // time-out: it is done at once
    return { topics, validateOnly: reader.boolean() };
  },
  targets: ({ topics }) => topicNames(topics),
  serve({ topics, validateOnly }, call) {
    return topics.map((wish) => {
      const outcome = outcomeOf(() => {
        validate(wish, topics, call);
        if (!validateOnly) call.broker.topics.create(wish.topic, countOf(wish), wish.configs);
      });
      return { topic: wish.topic, ...outcome };
    });
  },
  refuse: ({ topics }, code) => topics.map(({ topic }) => ({ topic, code, message: null })),
  write(writer, results, { version, throttleMs }) {
    if (version >= 2) writer.int32(throttleMs);
    writer.array(results, (_, { topic, code, message }) => writer.string(topic).int16(code).string(message));
  },
});

function readWish(reader: Reader): TopicWish {
  return {
    topic: reader.string(),
    partitionCount: reader.int32(),
    replicationFactor: reader.int16(),
    assignment: reader.array(() => ({ partition: reader.int32(), brokers: reader.array(() => reader.int32()) })),
    configs: readConfigs(reader),
  };
}

/** Refuses in the order, and mostly with the words, of Kafka's ReplicationControlManager. */
function validate(wish: TopicWish, all: readonly TopicWish[], { broker }: Call): void {
  const { topic } = wish;
  const existing = broker.topics.all();
  const collision = existing.find(({ name }) => namesCollide(name, topic));
  validateTopicName(topic);
  if (all.filter((other) => other.topic === topic).length > 1) refuse('INVALID_REQUEST', 'Duplicate topic name.');
  if (broker.topics.get(topic)) refuse('TOPIC_ALREADY_EXISTS', `Topic '${topic}' already exists.`);
  if (collision) refuse('INVALID_TOPIC_EXCEPTION', `Topic '${topic}' collides with existing topic: ${collision.name}`);
  if (wish.assignment.length > 0) validateAssignment(wish);
  else validateReplication(wish);
  validatePartitionCount(countOf(wish), broker.profile.maxPartitions);
  validateTopicConfigs(wish.configs);
  if (existing.length >= broker.profile.maxTopics) {
    refuse('POLICY_VIOLATION', `There can be no more than ${broker.profile.maxTopics} topics here.`);
  }
}

function validateReplication({ replicationFactor }: TopicWish): void {
  if (replicationFactor === -1 || replicationFactor === 1) return;
  const reason =
    replicationFactor < 1
      ? 'Replication factor must be larger than 0, or -1 to use the default value.'
      : `Unable to replicate the partition ${replicationFactor} time(s): The target replication factor of ${replicationFactor} cannot be reached because only 1 broker(s) are registered.`;
  refuse('INVALID_REPLICATION_FACTOR', reason);
}

function validateAssignment({ assignment, partitionCount, replicationFactor }: TopicWish): void {
  if (partitionCount !== -1 || replicationFactor !== -1) {
    refuse('INVALID_REQUEST', 'With a replica assignment, partitions and replication factor must both be -1.');
  }
  const numbers = assignment.map(({ partition }) => partition).sort((a, b) => a - b);
  if (numbers.some((number, index) => number !== index)) {
    refuse('INVALID_REPLICA_ASSIGNMENT', 'partitions should be a consecutive 0-based integer sequence');
  }
  if (assignment.some(({ brokers }) => brokers.length !== 1 || brokers[0] !== onlyBrokerId)) {
    refuse('INVALID_REPLICA_ASSIGNMENT', `Each partition must be assigned to broker ${onlyBrokerId}, the only one.`);
  }
}

function validatePartitionCount(count: number, maximum: number): void {
  if (count < 1) refuse('INVALID_PARTITIONS', 'Number of partitions was set to an invalid non-positive value.');
  if (count > maximum) refuse('INVALID_PARTITIONS', `A topic can have no more than ${maximum} partitions here.`);
}

function countOf({ assignment, partitionCount }: TopicWish): number {
  if (assignment.length > 0) return assignment.length;
  return partitionCount === -1 ? defaultPartitions : partitionCount;
}

function refuse(code: keyof typeof ErrorCode, message: string): never {
  throw new KafkaError(ErrorCode[code], message);
}
