import type { Batch } from 'kafkajs';
import { OrderCreated } from '../../shared/events/contracts/orders.ts';
import { seal } from '../../shared/events/seal.ts';
import { newId } from '../../shared/ids.ts';
import { type ConsumeDependencies, consumeBatch } from '../../shared/messaging/consume-batch.ts';
import type { ReceivedRecord } from '../../shared/messaging/received-record.ts';
import { createRuntime } from '../../shared/service/runtime.ts';
import { subscriber } from '../../shared/service/subscriber.ts';
import { readSettings } from '../../shared/settings.ts';
import type { Figure } from '../figure.ts';
import { settingsWithoutServers, temporaryFolder } from '../kernel-settings.ts';
import { median } from '../median.ts';
import { startBroker } from '../raw/bench-broker.ts';
import { readTopic } from '../raw/read-topic.ts';

const topic = 'bench-orders';
/** As many as the Functions host hands over at once (host.json, maxBatchSize). */
const batchSize = 256;
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
    await broker.fill(topic, orders(count));
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

function* orders(count: number) {
  const time = new Date().toISOString();
  const lines = [
    { itemId: 'ITEM-001', quantity: 2, unitPrice: 5_000 },
    { itemId: 'ITEM-002', quantity: 5, unitPrice: 48_000 },
  ];
  for (let index = 0; index < count; index += 1) {
    const orderId = newId();
    const order = { orderId, customerId: 'CUST-BENCH', location: 'main', lines, totalAmount: 250_000 };
    const event = OrderCreated({ ...order, placedAt: time, expiresAt: time });
    const cause = { tenant: 'main', correlationId: orderId };
    const envelope = seal(event, { id: newId(), service: 'orders', sequence: 1, time, cause });
    yield { key: envelope.partitionkey, value: JSON.stringify(envelope) };
  }
}

async function parseOnly({ messages }: Batch): Promise<void> {
  for (const { value } of messages) JSON.parse(String(value));
}

async function kernelConsumer(folder: string): Promise<(batch: Batch) => Promise<void>> {
  const runtime = createRuntime(readSettings(await settingsWithoutServers(folder)), []);
  const service = 'bench';
  const dependencies: ConsumeDependencies = {
    ...runtime,
    open: (boundary, cause, isRetry) => runtime.openUnitOfWork({ service, boundary, cause, isRetry }),
    existing: async () => new Set(),
    retryWindowMs: 0,
  };
  const idle = subscriber({
    name: 'do-nothing',
    on: OrderCreated,
    once: 'by-document',
    boundary: ({ data }) => `location:${data.location}`,
    async handle() {
      await Promise.resolve();
    },
  });
  const consumer = { name: `${service}-on-order-events`, reactions: [idle] };
  return async (batch) => {
    const records = recordsOf(batch);
    for (let start = 0; start < records.length; start += batchSize)
      await consumeBatch(records.slice(start, start + batchSize), consumer, dependencies);
  };
}

function recordsOf({ topic: from, partition, messages }: Batch): readonly ReceivedRecord[] {
  return messages.map(({ offset, timestamp, key, value }) => ({
    topic: from,
    partition,
    offset: Number(offset),
    timestamp,
    key: key?.toString(),
    value: String(value),
    headers: {},
  }));
}
