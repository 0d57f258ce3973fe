import { expect, it, onTestFinished } from 'vitest';
import { startHubs } from '../../../../infra/embedded/event-hubs/server-under-test.ts';
import { clientOf, connectProducer } from '../../../../infra/embedded/kafka/testing/server-under-test.ts';
import { connectEventHubs } from '../../../../shared/bus/event-hubs/event-hubs-connection.ts';
import { eventHubsTopicReader } from '../../../../shared/bus/event-hubs/event-hubs-topic-reader.ts';
import type { OffsetRange, Piece } from '../../../../shared/bus/topic-reader.ts';
import type { Credential } from '../../../../shared/security/azure-credential.ts';

const topic = 'order-events';
const nobody: Credential = { getToken: () => Promise.reject(new Error('there is a connection string')) };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));

/** A hub with so many events in its first partition, one each minute. */
async function readerBench(count = 10) {
  const server = await startHubs({ hubs: [topic] });
  const producer = await connectProducer(clientOf(server));
  await producer.send({
    topic,
    messages: Array.from({ length: count }, (_, minute) => ({
      partition: 0,
      key: 'main',
      value: String(minute),
      headers: { type: 'order.created' },
      timestamp: String(at(minute).getTime()),
    })),
  });
  const hubs = connectEventHubs({ EVENT_TRIGGER: 'eventhubs', EVENT_HUBS: server.connectionString }, nobody);
  onTestFinished(() => hubs.close());
  const reader = eventHubsTopicReader(hubs);
  const read = async (stretches: readonly OffsetRange[], signal = new AbortController().signal) => {
    const pieces: Piece[] = [];
    await reader.read({ topic, stretches, take: async (piece) => void pieces.push(piece), signal });
    return pieces;
  };
  return { reader, read };
}

const valuesIn = (pieces: readonly Piece[]) => pieces.flatMap(({ records }) => records.map(({ value }) => value));

it('the Event Hubs reader maps a time span to a sequence range of each partition', async () => {
  const { reader } = await readerBench();
  const first = async (...span: [Date, Date?]) => (await reader.locate(topic, ...span))[0];
  expect(await first(at(3), at(7))).toEqual({ partition: 0, next: 3, end: 7 });
  expect(await first(at(4))).toEqual({ partition: 0, next: 4, end: 10 });
  expect(await first(at(30))).toEqual({ partition: 0, next: 10, end: 10 });
  expect((await reader.locate(topic, at(0))).slice(1).every(({ next, end }) => next === end)).toBe(true);
});

it('the Event Hubs reader reads a range from its next position to its end', async () => {
  const { read } = await readerBench();
  const pieces = await read([{ partition: 0, next: 3, end: 7 }]);
  expect(valuesIn(pieces)).toEqual(['3', '4', '5', '6']);
  expect(pieces.at(-1)?.next).toBe(7);
  const headers = expect.objectContaining({ type: 'order.created' });
  const record = { topic, partition: 0, offset: 3, timestamp: at(3).toISOString(), key: 'main', value: '3', headers };
  expect(pieces[0]?.records[0]).toEqual(record);
});

it('the Event Hubs reader delivers many events in several batches, complete and in order', async () => {
  const { read } = await readerBench(600);
  const pieces = await read([{ partition: 0, next: 0, end: 600 }]);
  expect(valuesIn(pieces)).toEqual(Array.from({ length: 600 }, (_, index) => String(index)));
  expect(pieces.length).toBeGreaterThan(2);
});

it('the Event Hubs reader stops when it is aborted, and with the error of a batch that fails', async () => {
  const { reader } = await readerBench(600);
  const ending = new AbortController();
  const taken: number[] = [];
  const stretches = [{ partition: 0, next: 0, end: 600 }];
  const take = async ({ next }: Piece) => {
    taken.push(next);
    ending.abort();
  };
  await reader.read({ topic, stretches, take, signal: ending.signal });
  expect(taken).toHaveLength(1);
  const refusing = {
    topic,
    stretches,
    take: () => Promise.reject(new Error('no')),
    signal: new AbortController().signal,
  };
  await expect(reader.read(refusing)).rejects.toThrow('no');
});
