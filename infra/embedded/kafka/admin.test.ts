import { type Admin, ConfigResourceTypes } from 'kafkajs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { KafkaServer } from './server.ts';
import { clientOf, connectAdmin, connectProducer, startServer } from './testing/server-under-test.ts';

let server: KafkaServer;
let admin: Admin;

beforeEach(async () => {
  server = await startServer();
  admin = await connectAdmin(clientOf(server));
});

describe('creating Kafka topics', () => {
  it('a created topic has its partitions, all led by the one broker', async () => {
    expect(await admin.createTopics({ topics: [{ topic: 'a', numPartitions: 3 }, { topic: 'b' }] })).toBe(true);
    const { topics } = await admin.fetchTopicMetadata({ topics: ['a', 'b'] });
    const partitionsOf = (topic: string) => topics.find(({ name }) => name === topic)?.partitions ?? [];
    expect([partitionsOf('a').length, partitionsOf('b').length]).toEqual([3, 1]);
    expect(partitionsOf('a')[0]).toMatchObject({ leader: 0, replicas: [0], isr: [0] });
    expect((await admin.describeCluster()).brokers).toEqual([{ nodeId: 0, host: '127.0.0.1', port: server.port }]);
  });

  it('creating a topic that exists returns false', async () => {
    await admin.createTopics({ topics: [{ topic: 'a' }] });
    expect(await admin.createTopics({ topics: [{ topic: 'a' }] })).toBe(false);
  });

  it('a topic is not created if the request only validates', async () => {
    expect(await admin.createTopics({ validateOnly: true, waitForLeaders: false, topics: [{ topic: 'a' }] })).toBe(
      true,
    );
    expect(await admin.listTopics()).toEqual([]);
  });

  it.each([
    ['a space', { topic: 'no spaces' }, 'INVALID_TOPIC_EXCEPTION'],
    ['only dots', { topic: '..' }, 'INVALID_TOPIC_EXCEPTION'],
    ['250 characters', { topic: 'x'.repeat(250) }, 'INVALID_TOPIC_EXCEPTION'],
    ['a name that collides', { topic: 'taken_name' }, 'INVALID_TOPIC_EXCEPTION'],
    ['no partitions', { topic: 'x', numPartitions: 0 }, 'INVALID_PARTITIONS'],
    ['two replicas', { topic: 'x', replicationFactor: 2 }, 'INVALID_REPLICATION_FACTOR'],
    ['an unknown setting', { topic: 'x', configEntries: [{ name: 'nonsense', value: '1' }] }, 'INVALID_CONFIG'],
    ['a wrong value', { topic: 'x', configEntries: [{ name: 'retention.ms', value: 'long' }] }, 'INVALID_CONFIG'],
    [
      'a broker that is not there',
      { topic: 'x', replicaAssignment: [{ partition: 0, replicas: [5] }] },
      'INVALID_REPLICA_ASSIGNMENT',
    ],
  ])('a topic with %s is refused', async (_, topic, type) => {
    await admin.createTopics({ topics: [{ topic: 'taken.name' }] });
    const refusal = expect.objectContaining({ type });
    await expect(admin.createTopics({ topics: [topic] })).rejects.toMatchObject({ errors: [refusal] });
    expect(await admin.listTopics()).toEqual(['taken.name']);
  });
});

describe('Kafka topics', () => {
  it('a topic that is deleted and created again is empty', async () => {
    await admin.createTopics({ topics: [{ topic: 'a' }] });
    const producer = await connectProducer(clientOf(server));
    await producer.send({ topic: 'a', messages: [{ value: 'old' }] });
    await admin.deleteTopics({ topics: ['a'] });
    expect(await admin.listTopics()).toEqual([]);
    await admin.createTopics({ topics: [{ topic: 'a' }] });
    expect(await admin.fetchTopicOffsets('a')).toMatchObject([{ low: '0', high: '0' }]);
  });

  it('a topic that does not exist can be neither deleted nor described', async () => {
    const refusal = 'This server does not host this topic-partition';
    await expect(admin.deleteTopics({ topics: ['nowhere'] })).rejects.toThrow(refusal);
    await expect(admin.fetchTopicMetadata({ topics: ['nowhere'] })).rejects.toThrow(refusal);
    await expect(admin.fetchTopicOffsets('nowhere')).rejects.toThrow(refusal);
  });

  it('the offsets of a topic can be listed, also by time', async () => {
    await admin.createTopics({ topics: [{ topic: 'a' }] });
    const producer = await connectProducer(clientOf(server));
    const messages = [1_000, 2_000, 3_000].map((time) => ({ value: `${time}`, timestamp: `${time}` }));
    await producer.send({ topic: 'a', messages });
    expect(await admin.fetchTopicOffsets('a')).toEqual([{ partition: 0, offset: '3', high: '3', low: '0' }]);
    expect(await admin.fetchTopicOffsetsByTimestamp('a', 1_500)).toEqual([{ partition: 0, offset: '1' }]);
    expect(await admin.fetchTopicOffsetsByTimestamp('a', 9_000)).toEqual([{ partition: 0, offset: '3' }]);
  });

  it('the records of a topic before an offset can be deleted', async () => {
    await admin.createTopics({ topics: [{ topic: 'a' }] });
    const producer = await connectProducer(clientOf(server));
    await producer.send({ topic: 'a', messages: ['1', '2', '3'].map((value) => ({ value })) });
    await admin.fetchTopicOffsets('a'); // makes kafkajs learn who leads the partition
    await admin.deleteTopicRecords({ topic: 'a', partitions: [{ partition: 0, offset: '2' }] });
    expect(await admin.fetchTopicOffsets('a')).toMatchObject([{ low: '2', high: '3' }]);
    await admin.deleteTopicRecords({ topic: 'a', partitions: [{ partition: 0, offset: '-1' }] });
    expect(await admin.fetchTopicOffsets('a')).toMatchObject([{ low: '3', high: '3' }]);
    await expect(
      admin.deleteTopicRecords({ topic: 'a', partitions: [{ partition: 0, offset: '9' }] }),
    ).rejects.toMatchObject({ cause: { partitions: [{ error: { type: 'OFFSET_OUT_OF_RANGE' } }] } });
  });
});

describe('Kafka configurations', () => {
  const resource = (name: string) => ({ type: ConfigResourceTypes.TOPIC, name });
  const entryOf = async (name: string) => {
    const asked = { ...resource('a'), configNames: [name] };
    const { resources } = await admin.describeConfigs({ resources: [asked], includeSynonyms: false });
    return resources[0]?.configEntries[0];
  };

  beforeEach(async () => {
    const configEntries = [{ name: 'retention.ms', value: '1000' }];
    await admin.createTopics({ topics: [{ topic: 'a', configEntries }] });
  });

  it('the configuration of a topic has its own values, and defaults for the others', async () => {
    expect(await entryOf('retention.ms')).toMatchObject({ configValue: '1000', isDefault: false });
    expect(await entryOf('cleanup.policy')).toMatchObject({ configValue: 'delete', isDefault: true });
  });

  it('the configuration of the broker can be read', async () => {
    const broker = { type: ConfigResourceTypes.BROKER, name: '0', configNames: ['auto.create.topics.enable'] };
    const { resources } = await admin.describeConfigs({ resources: [broker], includeSynonyms: false });
    expect(resources[0]?.configEntries).toMatchObject([{ configValue: 'false', readOnly: true }]);
  });
});
