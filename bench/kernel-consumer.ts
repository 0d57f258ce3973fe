import type { Batch } from 'kafkajs';
import { createRuntime } from '../shared/app/create-runtime.ts';
import { openBus } from '../shared/bus/open-bus.ts';
import type { ReceivedRecord } from '../shared/bus/received-record.ts';
import { subscriber } from '../shared/capabilities/subscriber.ts';
import { consumeBatch } from '../shared/consuming/consume-batch.ts';
import type { ConsumeDependencies } from '../shared/consuming/consumer.ts';
import { OrderCreated } from '../shared/events/contracts/orders.ts';
import { Reader } from '../shared/persistence/reading/reader.ts';
import { readSettings } from '../shared/settings/settings.ts';
import { settingsWithoutServers } from './kernel-settings.ts';

/** As many as the Functions host hands over at once (host.json, maxBatchSize). */
const batchSize = 256;

/** The whole way of an order's event to its handler, which records nothing. */
export async function kernelConsumer(folder: string): Promise<(batch: Batch) => Promise<void>> {
  const settings = readSettings([], await settingsWithoutServers(folder));
  const runtime = createRuntime({ settings, services: [], lookups: [], bus: await openBus(settings) });
  const service = 'bench';
  const dependencies: ConsumeDependencies = {
    ...runtime,
    open: (boundary, cause, isRetry) => runtime.openUnitOfWork({ service, boundary, cause, isRetry }),
    existing: async () => new Set(),
    readerOf: (tenant) => new Reader(runtime.containerOf(service), tenant),
    settings,
    retryWindowMs: settings.BATCH_RETRY_WINDOW,
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
