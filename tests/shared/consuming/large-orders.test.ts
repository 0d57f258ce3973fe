import { describe, expect, it } from 'vitest';
import { reserveStock } from '../../../functions/inventory/reservation/reserve-stock.ts';
import { begin, Stock } from '../../../functions/inventory/stock/stock.ts';
import { OrderCreated } from '../../../shared/events/contracts/orders.ts';
import { newId } from '../../../shared/ids.ts';
import { type ConsumerBench, consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { recordOf } from '../../rigs/kernel/records.ts';

const boundary = 'main/location:main';
const linesOf = (order: number) => Array.from({ length: 40 }, (_, line) => `ITEM-${order}-${line}`);

async function stock(bench: ConsumerBench, skus: readonly string[], onHand = 9): Promise<void> {
  const work = bench.openElsewhere(boundary);
  for (const itemId of skus)
    (await work.expectNew(Stock, itemId)).record(begin({ itemId, location: 'main', onHand, reason: 'initial' }));
  await work.commit();
}

function orderOf(skus: readonly string[]) {
  return recordOf(
    OrderCreated({
      orderId: newId(),
      customerId: 'CUST-1',
      location: 'main',
      lines: skus.map((itemId) => ({ itemId, quantity: 1, unitPrice: 100 })),
      totalAmount: 100 * skus.length,
      placedAt: '2026-11-22T10:00:00.000Z',
      expiresAt: '2026-11-22T10:15:00.000Z',
    }),
  );
}

/** Takes note of the id of each document that is read, by whatever request. */
function readsOf({ container }: ConsumerBench): readonly string[] {
  const ids: string[] = [];
  const [read, readEach] = [container.read.bind(container), container.readEach.bind(container)];
  container.read = (where, id) => {
    ids.push(id);
    return read(where, id);
  };
  container.readEach = (places) => {
    ids.push(...places.map(({ id }) => id));
    return readEach(places);
  };
  return ids;
}

const statuses = async (bench: ConsumerBench) =>
  (await bench.documents(boundary)).filter(({ kind }) => kind === 'reservation').map(({ status }) => status);

describe('a batch of large orders', () => {
  it('a batch of large orders, of which two fit into a commit, reads each document once', async () => {
    const bench = await consumerBench();
    const orders = Array.from({ length: 24 }, (_, order) => linesOf(order));
    for (const skus of orders) await stock(bench, skus);
    const reads = readsOf(bench);
    bench.faults.recount();
    await bench.consume(orders.map(orderOf), reserveStock);
    expect(await statuses(bench)).toEqual(orders.map(() => 'held'));
    expect(reads.toSorted()).toEqual(
      orders
        .flat()
        .map((sku) => `stock:${sku}`)
        .toSorted(),
    );
    expect(bench.faults.count('Batch')).toBe(12);
    // Two hundred to begin with, then what has been used up: no more requests than commits.
    expect(bench.faults.count('Bulk')).toBeLessThanOrEqual(13);
  }, 60_000);

  it('a batch of orders for the same items sees in each commit what the one before has left', async () => {
    const bench = await consumerBench();
    await stock(bench, linesOf(0), 7);
    await bench.consume(
      Array.from({ length: 10 }, () => orderOf(linesOf(0))),
      reserveStock,
    );
    const outcomes = Map.groupBy(await statuses(bench), (status) => status);
    expect([outcomes.get('held')?.length, outcomes.get('refused')?.length]).toEqual([7, 3]);
  });

  it('a batch of large orders reads again what somebody else has changed meanwhile', async () => {
    const bench = await consumerBench();
    const orders = Array.from({ length: 6 }, (_, order) => linesOf(order));
    for (const skus of orders) await stock(bench, skus);
    let handled = 0;
    const contended = {
      ...reserveStock,
      handle: async (...args: Parameters<typeof reserveStock.handle>) => {
        handled += 1;
        if (handled === 3) {
          const rival = bench.openElsewhere(boundary);
          const item = await rival.load(Stock, 'ITEM-5-0');
          item.record(begin({ itemId: 'ITEM-5-0', location: 'main', onHand: 5, reason: 'rival' }));
          await rival.commit();
        }
        await reserveStock.handle(...args);
      },
    };
    await bench.consume(orders.map(orderOf), contended);
    expect(await statuses(bench)).toEqual(orders.map(() => 'held'));
    expect(await bench.container.read(boundary, 'stock:ITEM-5-0')).toMatchObject({ onHand: 5, reserved: 1 });
  });
});
