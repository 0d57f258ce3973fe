import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { once } from '../../async/once.ts';
import type { NewId } from '../../ids.ts';
import type { OffsetRange, TopicReader, TopicReading } from '../topic-reader.ts';
import { recordFrom } from './kafka-record.ts';
import { withHeartbeat } from './with-heartbeat.ts';

const sessionTimeoutMs = 30_000;
/** Where something is to be read and nothing comes for so long, something is wrong. */
const longestSilenceMs = 60_000;
/** A piece is done in seconds, so that whoever takes it may be stopped in between. */
const recordsAtOnce = 250;

/** Reads by the Kafka protocol. kafkajs reads only in groups: each reading has one of its own, which commits nothing. */
export function kafkaTopicReader(kafka: Kafka, newId: NewId): TopicReader {
  const admin = kafka.admin({ retry: { retries: 1, initialRetryTime: 100 } });
  const connected = once(() => admin.connect());
  return {
    async locate(topic, from, to) {
      await connected();
      const starts = await admin.fetchTopicOffsetsByTimestamp(topic, from.getTime());
      const ends =
        to === undefined
          ? await admin.fetchTopicOffsets(topic)
          : await admin.fetchTopicOffsetsByTimestamp(topic, to.getTime());
      const endOf = new Map(ends.map(({ partition, offset }) => [partition, Number(offset)]));
      return starts
        .map(({ partition, offset }) => {
          const end = endOf.get(partition) ?? 0;
          return { partition, next: Math.min(Number(offset), end), end };
        })
        .sort((one, other) => one.partition - other.partition);
    },
    async read(reading) {
      await connected();
      const { topic, stretches } = reading;
      const oldest = new Map(
        (await admin.fetchTopicOffsets(topic)).map(({ partition, low }) => [partition, Number(low)]),
      );
      const rest = stretches.map((one) => ({ ...one, next: Math.max(one.next, oldest.get(one.partition) ?? 0) }));
      await readAll(kafka, `lagerhaus-replay-${newId()}`, { ...reading, stretches: rest });
    },
    close: () => admin.disconnect(),
  };
}

async function readAll(kafka: Kafka, groupId: string, reading: TopicReading): Promise<void> {
  const { topic, stretches, signal } = reading;
  const open = new Map(stretches.filter(({ next, end }) => next < end).map((stretch) => [stretch.partition, stretch]));
  if (open.size === 0 || signal.aborted) return;
  const over = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => over.resolve(), { once: true });
  const silence = setTimeout(() => over.reject(new Error(`${topic} is silent`)), longestSilenceMs);
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: sessionTimeoutMs,
    // Source: https://learn.microsoft.com/azure/event-hubs/apache-kafka-configurations
    metadataMaxAge: 180_000,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 250,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async () => false },
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => over.reject(payload.error));
  let isOver = false;
  const end = (settle: () => void) => {
    isOver = true;
    settle();
  };
  const eachBatch = async (fetched: EachBatchPayload) => {
    silence.refresh();
    if (isOver || signal.aborted) return;
    try {
      await withHeartbeat(fetched, sessionTimeoutMs, () => takeBatch(fetched, open, reading));
    } catch (error) {
      return end(() => over.reject(error));
    }
    if (open.size === 0) end(over.resolve);
    else if (!open.has(fetched.batch.partition)) fetched.pause();
  };
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ autoCommit: false, partitionsConsumedConcurrently: 1, eachBatch });
    startAt(consumer, topic, stretches);
    await over.promise;
  } finally {
    clearTimeout(silence);
    await consumer.disconnect();
  }
}

/** What is fetched before this comes into effect is told by its offsets. */
function startAt(consumer: Consumer, topic: string, stretches: readonly OffsetRange[]): void {
  for (const { partition, next, end } of stretches) {
    if (next < end) consumer.seek({ topic, partition, offset: String(next) });
    else consumer.pause([{ topic, partitions: [partition] }]);
  }
}

/** Hands over what is of the stretch that is open, in pieces, and keeps in `open` how far it has come. */
async function takeBatch(
  { batch: { topic, partition, messages } }: EachBatchPayload,
  open: Map<number, OffsetRange>,
  { take, signal }: TopicReading,
): Promise<void> {
  const stretch = open.get(partition);
  if (stretch === undefined) return;
  const { end } = stretch;
  const fetched = messages.map((message) => recordFrom(topic, partition, message));
  const records = fetched.filter(({ offset }) => offset >= stretch.next && offset < end);
  const isPastEnd = fetched.some(({ offset }) => offset >= end);
  for (let start = 0; start < records.length && !signal.aborted; start += recordsAtOnce) {
    const some = records.slice(start, start + recordsAtOnce);
    const next = (some.at(-1)?.offset ?? 0) + 1;
    await take({ partition, records: some, next });
    open.set(partition, { ...stretch, next });
  }
  const next = open.get(partition)?.next ?? end;
  if (signal.aborted || (next < end && !isPastEnd)) return;
  // Where the last offsets of the stretch have no records, none is to come.
  if (next < end) await take({ partition, records: [], next: end });
  open.delete(partition);
}
