import type { Message } from 'kafkajs';
import { expect, it, onTestFinished } from 'vitest';
import {
  clientOf,
  connectAdmin,
  connectProducer,
  createTopic,
  startServer,
} from '../../../../infra/embedded/kafka/testing/server-under-test.ts';
import { kafkaTopicReader } from '../../../../shared/bus/kafka/kafka-topic-reader.ts';
import type { OffsetRange, Piece } from '../../../../shared/bus/topic-reader.ts';
import { newId } from '../../../../shared/ids.ts';

const topic = 'order-events';
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));

/** Two partitions; into the first, a record each minute. */
async function readerBench(minutes = 10) {
  const server = await startServer();
  const kafka = clientOf(server);
  await createTopic(kafka, topic, 2);
  const producer = await connectProducer(kafka);
  const send = (messages: readonly Message[]) =>
    producer.send({ topic, messages: messages.map((message) => ({ partition: 0, ...message })) });
  const write = (from: number, to: number) =>
    send(
      Array.from({ length: to - from }, (_, index) => ({
        key: 'main',
        value: String(from + index),
        headers: { type: 'order.created' },
        timestamp: String(at(from + index).getTime()),
      })),
    );
  await write(0, minutes);
  const admin = await connectAdmin(kafka);
  // kafkajs deletes records only of topics that it has looked at.
  await admin.fetchTopicOffsets(topic);
  const reader = kafkaTopicReader(kafka, newId);
  onTestFinished(() => reader.close());
  const read = async (stretches: readonly OffsetRange[], signal = new AbortController().signal) => {
    const pieces: Piece[] = [];
    const take = async (piece: Piece) => void pieces.push(piece);
    await reader.read({ topic, stretches, take, signal });
    return pieces;
  };
  return { server, admin, send, write, reader, read };
}

const valuesIn = (pieces: readonly Piece[]) => pieces.flatMap(({ records }) => records.map(({ value }) => value));
const nothing = { partition: 1, next: 0, end: 0 };

it('the Kafka reader maps a time span to an offset range of each partition', async () => {
  const { reader } = await readerBench();
  const stretches = [{ partition: 0, next: 3, end: 7 }, nothing];
  expect(await reader.locate(topic, at(3), at(7))).toEqual(stretches);
  expect(await reader.locate(topic, at(4))).toEqual([{ partition: 0, next: 4, end: 10 }, nothing]);
  expect(await reader.locate(topic, at(30), at(31))).toEqual([{ partition: 0, next: 10, end: 10 }, nothing]);
  expect(await reader.locate(topic, at(-30), at(-20))).toEqual([{ partition: 0, next: 0, end: 0 }, nothing]);
});

it('the Kafka reader reads an offset range from its next offset to its end', async () => {
  const { read } = await readerBench();
  const pieces = await read([{ partition: 0, next: 3, end: 7 }, nothing]);
  expect(valuesIn(pieces)).toEqual(['3', '4', '5', '6']);
  expect(pieces.at(-1)?.next).toBe(7);
  const timestamp = at(3).toISOString();
  const headers = { type: 'order.created' };
  expect(pieces[0]?.records[0]).toEqual({
    topic,
    partition: 0,
    offset: 3,
    timestamp,
    key: 'main',
    value: '3',
    headers,
  });
});

it.each([
  ['8640000000000001', '+275760-09-13T00:00:00.000Z'],
  ['-8640000000000001', '-271821-04-20T00:00:00.000Z'],
])('the Kafka reader reads a record that says a time beyond all dates (%s ms), and those behind it', async (time, timestamp) => {
  const { read, send } = await readerBench(1);
  await send([{ value: 'timeless', timestamp: time }, { value: 'next' }]);
  const pieces = await read([{ partition: 0, next: 0, end: 3 }]);
  expect(valuesIn(pieces)).toEqual(['0', 'timeless', 'next']);
  expect(pieces.flatMap(({ records }) => records)[1]).toMatchObject({ timestamp });
});

it('the Kafka reader does not read records that arrive after the range was determined', async () => {
  const { read, write } = await readerBench();
  const [pieces] = await Promise.all([read([{ partition: 0, next: 8, end: 10 }]), write(10, 20)]);
  expect(valuesIn(pieces)).toEqual(['8', '9']);
});

it('the Kafka reader delivers many records in several batches, complete and in order', async () => {
  const { read } = await readerBench(1_000);
  const pieces = await read([{ partition: 0, next: 0, end: 1_000 }]);
  expect(valuesIn(pieces)).toEqual(Array.from({ length: 1_000 }, (_, index) => String(index)));
  expect(pieces.length).toBeGreaterThan(3);
});

it('the Kafka reader skips records that the topic no longer has', async () => {
  const { read, admin } = await readerBench();
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '5' }] });
  expect(valuesIn(await read([{ partition: 0, next: 3, end: 7 }]))).toEqual(['5', '6']);
  expect(await read([{ partition: 0, next: 1, end: 4 }])).toEqual([]);
});

it('the Kafka reader finishes an empty time span at once', async () => {
  const { read } = await readerBench();
  expect(await read([nothing])).toEqual([]);
});

it('the Kafka reader takes no further batch once it is aborted', async () => {
  const { reader } = await readerBench(1_000);
  const ending = new AbortController();
  const taken: number[] = [];
  const take = async ({ next }: Piece) => {
    taken.push(next);
    ending.abort();
  };
  await reader.read({ topic, stretches: [{ partition: 0, next: 0, end: 1_000 }], take, signal: ending.signal });
  expect(taken).toHaveLength(1);
});

it('the Kafka reader stops with the error of a batch that fails', async () => {
  const { reader } = await readerBench();
  const take = () => Promise.reject(new Error('no'));
  const reading = { topic, stretches: [{ partition: 0, next: 0, end: 5 }], take, signal: new AbortController().signal };
  await expect(reader.read(reading)).rejects.toThrow('no');
});

it('the Kafka reader neither moves a consumer group nor leaves one behind', async () => {
  const { read, admin } = await readerBench();
  await read([{ partition: 0, next: 0, end: 10 }]);
  const { groups } = await admin.listGroups();
  const states = await admin.describeGroups(groups.map(({ groupId }) => groupId));
  expect(states.groups.filter(({ members }) => members.length > 0)).toEqual([]);
});

it('the Kafka reader fails if Kafka goes away while it reads', async () => {
  const { reader, server } = await readerBench(1_000);
  const take = () => server.close();
  const reading = {
    topic,
    stretches: [{ partition: 0, next: 0, end: 1_001 }],
    take,
    signal: new AbortController().signal,
  };
  await expect(reader.read(reading)).rejects.toThrow();
});
