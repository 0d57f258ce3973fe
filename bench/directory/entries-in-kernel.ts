import { ordersByDay } from '../../functions/orders/order/order-lists.ts';
import { createRuntime } from '../../shared/app/create-runtime.ts';
import { openBus } from '../../shared/bus/open-bus.ts';
import type { ReceivedRecord } from '../../shared/bus/received-record.ts';
import { consumeBatch } from '../../shared/consuming/consume-batch.ts';
import { consumeDependencies } from '../../shared/runtime/consume-dependencies.ts';
import { readSettings } from '../../shared/settings/settings.ts';

/** As many as the Functions host hands over at once (host.json, maxBatchSize). */
const batchSize = 256;

/** The whole way of orders' events to their entries in the directory of orders, in a container of that name. */
export async function entriesInKernel(
  environment: Readonly<Record<string, string>>,
  container: string,
): Promise<(records: readonly ReceivedRecord[]) => Promise<void>> {
  const settings = readSettings([], environment);
  const runtime = createRuntime({ settings, services: [], lookups: [], bus: await openBus(settings) });
  const consumer = { name: 'orders-on-order-events', reactions: ordersByDay.subscribers };
  const dependencies = consumeDependencies(container, runtime);
  return async (records) => {
    for (let start = 0; start < records.length; start += batchSize)
      await consumeBatch(records.slice(start, start + batchSize), consumer, dependencies);
  };
}
