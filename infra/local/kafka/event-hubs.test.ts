import { CompressionTypes, type Kafka } from 'kafkajs';
import { beforeEach, expect, it } from 'vitest';
import { clientOf, connectAdmin, connectProducer, createTopic, startServer } from './testing/server-under-test.ts';

let kafka: Kafka;

beforeEach(async () => {
  kafka = clientOf(await startServer({ profile: 'event-hubs' }));
});

it('takes and gives messages as the product sends them', async () => {
  const topic = await createTopic(kafka, 't');
  const producer = await connectProducer(kafka, { idempotent: false });
  await producer.send({ topic, messages: [{ value: 'x' }], acks: -1 });
  expect(await (await connectAdmin(kafka)).fetchTopicOffsets(topic)).toMatchObject([{ high: '1' }]);
});

it('refuses compression', async () => {
  const topic = await createTopic(kafka, 't');
  const producer = await connectProducer(kafka);
  const sending = producer.send({ topic, messages: [{ value: 'x' }], compression: CompressionTypes.GZIP });
  await expect(sending).rejects.toMatchObject({ type: 'UNSUPPORTED_COMPRESSION_TYPE' });
});

it('refuses the eleventh topic', async () => {
  const admin = await connectAdmin(kafka);
  const topics = Array.from({ length: 11 }, (_, i) => ({ topic: `t${i}` }));
  await expect(admin.createTopics({ topics })).rejects.toMatchObject({
    errors: [expect.objectContaining({ type: 'POLICY_VIOLATION', topic: 't10' })],
  });
  expect(await admin.listTopics()).toHaveLength(10);
});

it('refuses a message over 1 MB', async () => {
  const topic = await createTopic(kafka, 't');
  const producer = await connectProducer(kafka);
  const sending = producer.send({ topic, messages: [{ value: 'x'.repeat(1_048_576) }] });
  await expect(sending).rejects.toMatchObject({ type: 'MESSAGE_TOO_LARGE' });
});

it('has no idempotent producer and no deletion of records', async () => {
  const topic = await createTopic(kafka, 't');
  await expect(connectProducer(kafka, { idempotent: true })).rejects.toThrow();
  const admin = await connectAdmin(kafka);
  await admin.fetchTopicOffsets(topic);
  await expect(admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '0' }] })).rejects.toThrow();
});
