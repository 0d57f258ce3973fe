import { CompressionTypes } from 'kafkajs';
import { describe, expect, it, vi } from 'vitest';
import {
  clientOf,
  collect,
  connectAdmin,
  connectProducer,
  createTopic,
  startServer,
} from './testing/server-under-test.ts';

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

describe('Kafka messages', () => {
  it('messages arrive as they were sent, with key, value, headers and timestamp, and in order', async () => {
    const kafka = clientOf(await startServer());
    const topic = await createTopic(kafka, 'orders');
    const producer = await connectProducer(kafka);
    const [sent] = await producer.send({
      topic,
      messages: [
        { key: 'k', value: 'first', headers: { a: 'b' }, timestamp: '1700000000000' },
        { key: null, value: null },
        { value: 'ünïcödé' },
      ],
    });
    expect(sent).toMatchObject({ errorCode: 0, baseOffset: '0', partition: 0 });
    const { seen } = await collect(kafka, topic);
    await eventually(() => expect(seen).toHaveLength(3));
    expect(seen.map(({ message }) => message.offset)).toEqual(['0', '1', '2']);
    expect(seen[0]?.message).toMatchObject({
      key: Buffer.from('k'),
      value: Buffer.from('first'),
      headers: { a: Buffer.from('b') },
      timestamp: '1700000000000',
    });
    expect(seen[1]?.message).toMatchObject({ key: null, value: null });
    expect(String(seen[2]?.message.value)).toBe('ünïcödé');
  });

  it('messages reach a consumer that waits at the end of the log', async () => {
    const kafka = clientOf(await startServer());
    const topic = await createTopic(kafka, 'live');
    const producer = await connectProducer(kafka);
    const collector = await collect(kafka, topic, { maxWaitTimeInMs: 1_000 });
    for (const value of ['a', 'b', 'c']) {
      await producer.send({ topic, messages: [{ value }] });
      await eventually(() => expect(collector.values()).toContain(value));
    }
    expect(collector.values()).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['an idempotent', true] as const,
    ['a plain', false] as const,
  ])('messages of %s producer stay in order over partitions and batches, compressed or not', async (_, idempotent) => {
    const kafka = clientOf(await startServer());
    const topic = await createTopic(kafka, 'many', 3);
    const producer = await connectProducer(kafka, { idempotent, maxInFlightRequests: 1 });
    for (let round = 0; round < 10; round++) {
      const messages = Array.from({ length: 30 }, (_, i) => ({ value: `${round * 30 + i}`, partition: i % 3 }));
      const compression = round % 2 === 0 ? CompressionTypes.GZIP : CompressionTypes.None;
      await producer.send({ topic, messages, compression });
    }
    const { seen } = await collect(kafka, topic);
    await eventually(() => expect(seen).toHaveLength(300));
    for (const partition of [0, 1, 2]) {
      const numbers = seen.filter((each) => each.partition === partition).map(({ message }) => Number(message.value));
      expect(numbers).toEqual(Array.from({ length: 100 }, (_, i) => i * 3 + partition));
    }
  });

  it('a message larger than a consumer asks for at once is delivered all the same', async () => {
    const kafka = clientOf(await startServer());
    const topic = await createTopic(kafka, 'large');
    const producer = await connectProducer(kafka);
    const large = 'x'.repeat(200_000);
    for (const value of ['before', large, 'after']) await producer.send({ topic, messages: [{ value }] });
    const collector = await collect(kafka, topic, { maxBytesPerPartition: 1_000, maxBytes: 1_000 });
    await eventually(() => expect(collector.values()).toEqual(['before', large, 'after']));
  });

  it('a message larger than max.message.bytes is refused, by the default or by that of the topic', async () => {
    const kafka = clientOf(await startServer());
    const producer = await connectProducer(kafka);
    await createTopic(kafka, 'default');
    await createTopic(kafka, 'small', 1, { 'max.message.bytes': '1000' });
    const send = (topic: string, bytes: number) => producer.send({ topic, messages: [{ value: 'x'.repeat(bytes) }] });
    await expect(send('default', 1_000_000)).resolves.toHaveLength(1);
    await expect(send('default', 1_050_000)).rejects.toMatchObject({ type: 'MESSAGE_TOO_LARGE' });
    await expect(send('small', 1_001)).rejects.toMatchObject({ type: 'MESSAGE_TOO_LARGE' });
  });

  it('a message to a topic that does not exist is refused and does not create the topic', async () => {
    const kafka = clientOf(await startServer(), { retry: { retries: 0 } });
    const producer = await connectProducer(kafka, { allowAutoTopicCreation: true });
    await expect(producer.send({ topic: 'nowhere', messages: [{ value: 'x' }] })).rejects.toMatchObject({
      cause: { type: 'UNKNOWN_TOPIC_OR_PARTITION' },
    });
    expect(await (await connectAdmin(kafka)).listTopics()).toEqual([]);
  });

  it('messages can be read from any offset on', async () => {
    const kafka = clientOf(await startServer());
    const topic = await createTopic(kafka, 'seekable');
    const producer = await connectProducer(kafka);
    for (let i = 0; i < 10; i++) await producer.send({ topic, messages: [{ value: `${i}` }] });
    const collector = await collect(kafka, topic);
    await eventually(() => expect(collector.seen).toHaveLength(10));
    collector.consumer.seek({ topic, partition: 0, offset: '7' });
    await eventually(() => expect(collector.values().slice(10)).toEqual(['7', '8', '9']));
  });

  it('a message sent without acknowledgement arrives', async () => {
    const kafka = clientOf(await startServer());
    const topic = await createTopic(kafka, 'unacknowledged');
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: [{ value: 'x' }], acks: 0 });
    const collector = await collect(kafka, topic);
    await eventually(() => expect(collector.values()).toEqual(['x']));
  });
});
