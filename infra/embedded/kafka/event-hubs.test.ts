import { CompressionTypes, type Kafka } from 'kafkajs';
import { beforeEach, expect, it } from 'vitest';
import { RawClient } from './testing/raw-client.ts';
import {
  clientOf,
  collect,
  connectAdmin,
  connectProducer,
  createTopic,
  startServer,
} from './testing/server-under-test.ts';

let kafka: Kafka;

beforeEach(async () => {
  kafka = clientOf(await startServer({ profile: 'event-hubs' }));
});

it('with the profile event-hubs the Kafka server accepts messages as the product sends them', async () => {
  const topic = await createTopic(kafka, 't');
  const producer = await connectProducer(kafka, { idempotent: false });
  await producer.send({ topic, messages: [{ value: 'x' }], acks: -1 });
  expect(await (await connectAdmin(kafka)).fetchTopicOffsets(topic)).toMatchObject([{ high: '1' }]);
});

it('with the profile event-hubs the Kafka server refuses compression', async () => {
  const topic = await createTopic(kafka, 't');
  const producer = await connectProducer(kafka);
  const sending = producer.send({ topic, messages: [{ value: 'x' }], compression: CompressionTypes.GZIP });
  await expect(sending).rejects.toMatchObject({ type: 'UNSUPPORTED_COMPRESSION_TYPE' });
});

it('with the profile event-hubs the Kafka server refuses the eleventh topic', async () => {
  const admin = await connectAdmin(kafka);
  const topics = Array.from({ length: 11 }, (_, i) => ({ topic: `t${i}` }));
  await expect(admin.createTopics({ topics })).rejects.toMatchObject({
    errors: [expect.objectContaining({ type: 'POLICY_VIOLATION', topic: 't10' })],
  });
  expect(await admin.listTopics()).toHaveLength(10);
});

it('with the profile event-hubs the Kafka server refuses a message over 1 MB', async () => {
  const topic = await createTopic(kafka, 't');
  const producer = await connectProducer(kafka);
  const sending = producer.send({ topic, messages: [{ value: 'x'.repeat(1_048_576) }] });
  await expect(sending).rejects.toMatchObject({ type: 'MESSAGE_TOO_LARGE' });
});

it('with the profile event-hubs the Kafka server has no idempotent producer and no deletion of records', async () => {
  const topic = await createTopic(kafka, 't');
  await expect(connectProducer(kafka, { idempotent: true })).rejects.toThrow();
  const admin = await connectAdmin(kafka);
  await admin.fetchTopicOffsets(topic);
  await expect(admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '0' }] })).rejects.toThrow();
});

it('with the profile event-hubs the Kafka server accepts only group names that Event Hubs allows', async () => {
  const topic = await createTopic(kafka, 't');
  await expect(collect(kafka, topic, { groupId: 'inventory-on-order-events' })).resolves.toBeDefined();
  const consumer = kafka.consumer({ groupId: 'orders/of main', retry: { retries: 0 } });
  await consumer.connect();
  await consumer.subscribe({ topic });
  const crashed = new Promise((resolve) => consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error)));
  await consumer.run({ eachMessage: async () => undefined });
  expect(await crashed).toMatchObject({ type: 'INVALID_GROUP_ID' });
  await consumer.disconnect();
});

it('with the profile event-hubs the Kafka server closes idle connections, and clients reconnect', async () => {
  const server = await startServer({ profile: 'event-hubs', idleAfterMs: 200 });
  const own = clientOf(server);
  const topic = await createTopic(own, 't');
  const producer = await connectProducer(own);
  await producer.send({ topic, messages: [{ value: 'one' }] });
  const silent = await RawClient.connect(server);
  await silent.closed; // and the producer has been silent for longer
  await producer.send({ topic, messages: [{ value: 'two' }] });
  expect(await (await connectAdmin(own)).fetchTopicOffsets(topic)).toMatchObject([{ high: '2' }]);
});
