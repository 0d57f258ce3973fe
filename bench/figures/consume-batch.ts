import type { Batch } from 'kafkajs';
import type { Figure } from '../figure.ts';
import { kernelConsumer } from '../kernel-consumer.ts';
import { temporaryFolder } from '../kernel-settings.ts';
import { median } from '../median.ts';
import { startBroker } from '../raw/bench-broker.ts';
import { fillTopic } from '../raw/fill-topic.ts';
import { orderMessages } from '../raw/order-messages.ts';
import { readTopic } from '../raw/read-topic.ts';

const topic = 'bench-orders';
/** For each second of a window: a turn then takes a tenth of a window or so. */
const messagesPerSecond = 10_000;

/**
 * The whole way of an event to its handler (envelope and contract checked, grouped by boundary, each behind a savepoint)
 * with a handler that records nothing, against kafkajs `eachBatch` and JSON.parse alone: the same topic of orders, read
 * with the same client settings from the same broker, in turns, the first turn of each as warm-up. The ratio is the
 * median over the turns.
 */
export const consumeBatchFigure: Figure = {
  key: 'a',
  title: 'consumeBatch with a handler that records nothing, against kafkajs eachBatch and JSON.parse',
  async measure({ windowMs }) {
    using temporary = temporaryFolder();
    await using broker = await startBroker(temporary.folder);
    const count = Math.ceil((windowMs / 1_000) * messagesPerSecond);
    await fillTopic(broker.kafka, topic, orderMessages(count));
    const consume = await kernelConsumer(temporary.folder);
    const read = (eachBatch: (batch: Batch) => Promise<void>) =>
      readTopic({ kafka: broker.kafka, topic, count, eachBatch });

    await read(parseOnly);
    await read(consume);
    const turns: { readonly raw: number; readonly ours: number }[] = [];
    const end = performance.now() + 2 * windowMs;
    while (turns.length === 0 || performance.now() < end)
      turns.push({ raw: count / (await read(parseOnly)), ours: count / (await read(consume)) });
    return [
      {
        what: 'consumeBatch / eachBatch and JSON.parse',
        value: median(turns.map(({ raw, ours }) => ours / raw)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.6 },
      },
      { what: 'consumeBatch', value: median(turns.map(({ ours }) => ours)), unit: 'per second' },
      { what: 'eachBatch and JSON.parse', value: median(turns.map(({ raw }) => raw)), unit: 'per second' },
    ];
  },
};

async function parseOnly({ messages }: Batch): Promise<void> {
  for (const { value } of messages) JSON.parse(String(value));
}
