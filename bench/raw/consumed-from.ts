import type { Batch } from 'kafkajs';
import { kernelConsumer } from '../kernel-consumer.ts';
import type { BenchBroker } from './bench-broker.ts';
import { fillTopic } from './fill-topic.ts';
import { orderMessages } from './order-messages.ts';
import { readTopic } from './read-topic.ts';

/** Events a second that two ways of handling a topic came to, one after the other. */
export interface Consumed {
  /** kafkajs `eachBatch` and JSON.parse. */
  readonly raw: number;
  /** `consumeBatch`, with a handler that records nothing. */
  readonly ours: number;
}

const topic = 'bench-orders';
/** For each second of a window: a turn then takes a tenth of a window or so. */
const messagesPerSecond = 10_000;

/** Fills a topic of a broker. @returns what reads it by both ways, each time it is called. */
export async function consumedFrom(
  { kafka }: BenchBroker,
  folder: string,
  windowMs: number,
): Promise<() => Promise<Consumed>> {
  const count = Math.ceil((windowMs / 1_000) * messagesPerSecond);
  await fillTopic(kafka, topic, orderMessages(count));
  const consume = await kernelConsumer(folder);
  const read = async (eachBatch: (batch: Batch) => Promise<void>) =>
    count / (await readTopic({ kafka, topic, count, eachBatch }));
  return async () => ({ raw: await read(parseOnly), ours: await read(consume) });
}

export function ratioOf({ raw, ours }: Consumed): number {
  return ours / raw;
}

async function parseOnly({ messages }: Batch): Promise<void> {
  for (const { value } of messages) JSON.parse(String(value));
}
