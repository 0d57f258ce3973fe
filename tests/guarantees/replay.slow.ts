import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { ReplayDesk } from '../rigs/clients/replay-desk.ts';
import { type Order, Shop } from '../rigs/clients/shop.ts';
import { openStoredDocuments, type StoredDocuments } from '../rigs/clients/stored-documents.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { shortSessions } from './own-stack.ts';

/** Consumers of each kind: adding up, process managers, lists, what is told to people. */
const consumers = [
  'inventory-on-catalog-events',
  'inventory-on-order-events',
  'orders-on-catalog-events',
  'orders-on-inventory-events',
  'orders-on-order-events',
  'notifications-on-order-events',
];

let stack: TestStack;
let store: StoredDocuments;
let shop: Shop;
let desk: ReplayDesk;

beforeAll(async () => {
  stack = await startStack({ env: { SWEEP_SCHEDULE: '* * * * * *', ...shortSessions } });
  store = openStoredDocuments(stack);
});
afterAll(async () => {
  store[Symbol.dispose]();
  await stack.stop();
});
beforeEach(async () => {
  shop = new Shop(stack);
  desk = await ReplayDesk.of(shop);
});

/** An order that was confirmed, one that was rejected and one that was cancelled, of one item. */
async function aBusyDay(of = shop): Promise<{ readonly sku: string; readonly orders: readonly string[] }> {
  const { sku } = await of.sell({ quantity: 5 });
  const orders = [await of.order({ [sku]: 2 }), await of.order({ [sku]: 9 }), await of.order({ [sku]: 1 })];
  for (const { id } of orders) await of.decided(id);
  bodyOf(await (await of.as()).post(`/api/v1/orders/${orders[2]?.id}/cancel`), 200);
  await stack.settled();
  return { sku, orders: orders.map(({ id }) => id) };
}

/** What orders listen to of that: three orders placed, two confirmed, one rejected, one cancelled. */
const takenOfABusyDay = 7;

/** Every document of the shop, as it is stored, save what replays keep of themselves, and the receipts of commits. */
async function documents(of = shop) {
  const containers = ['catalog', 'inventory', 'orders', 'notifications', 'dead-letters'];
  const all = await Promise.all(containers.map((container) => store.of(of.tenant, container)));
  return all.flat().filter(({ boundary, kind }) => !boundary.endsWith('/replays') && kind !== 'receipt');
}

describe('replays', () => {
  it('a replay of everything to every consumer, even twice, changes no document', async () => {
    await aBusyDay();
    const before = await documents();
    for (const consumer of [...consumers, 'inventory-on-order-events']) {
      const { taken, progress } = await desk.run({ consumer });
      expect([consumer, taken > 0, progress?.done]).toEqual([consumer, true, progress?.of]);
    }
    await stack.settled();
    expect(await documents()).toEqual(before);
  }, 60_000);

  it('a replay restores what one consumer lost and touches no other consumer or tenant', async () => {
    const other = new Shop(stack);
    await aBusyDay(other);
    const { orders } = await aBusyDay();
    const notices = await store.of(shop.tenant, 'notifications', 'notification');
    const entries = await store.of(shop.tenant, 'orders', 'entry');
    const foreign = await store.of(other.tenant, 'orders', 'entry');
    await store.remove('notifications', notices);
    await store.remove('orders', [...entries, ...foreign]);
    expect(await shop.all('/api/v1/orders')).toEqual([]);

    const { counts, events } = await desk.run({ consumer: 'orders-on-order-events' });
    expect(counts).toMatchObject({
      'order.created': { events: 3, taken: 3 },
      'order.cancelled': { events: 1, taken: 0 },
    });
    expect(events).toBe(Object.values(counts).reduce((sum, count) => sum + count.events, 0));
    await stack.settled();
    expect((await shop.all<Order>('/api/v1/orders')).map(({ id }) => id).sort()).toEqual([...orders].sort());
    expect(await store.of(shop.tenant, 'notifications', 'notification')).toEqual([]);
    expect(await store.of(other.tenant, 'orders', 'entry')).toEqual([]);
  });

  it('a replay limited to a subscriber, event type and time span delivers no more than that', async () => {
    await aBusyDay();
    const between = new Date().toISOString();
    const { sku } = await shop.sell();
    await stack.settled();
    await store.remove('orders', await store.of(shop.tenant, 'orders', 'price'));
    const wish = { consumer: 'orders-on-catalog-events', subscriber: 'follow-prices', types: ['product.created'] };
    await desk.run({ ...wish, from: between });
    const prices = await store.of(shop.tenant, 'orders', 'price');
    expect(prices.map((price) => price.sku)).toEqual([sku]);
  });

  it('a dry run of a replay tells what it would deliver, and delivers nothing', async () => {
    await aBusyDay();
    await store.remove('orders', await store.of(shop.tenant, 'orders', 'entry'));
    const before = await documents();
    const { taken, counts } = await desk.run({ consumer: 'orders-on-order-events', dryRun: true });
    expect(taken).toBe(takenOfABusyDay);
    expect(counts['order.created']).toEqual({ events: 3, taken: 3 });
    expect(await documents()).toEqual(before);
  });

  it('a replay whose process was killed is resumed by another at the same step', async () => {
    const { orders } = await aBusyDay();
    await store.remove('orders', await store.of(shop.tenant, 'orders', 'entry'));
    // The first commit to a replay is its beginning, then it is claimed, its span is looked up, and a step is done.
    const kill = await stack.faults.fault({
      server: 'cosmos',
      operation: 'Batch',
      target: 'dead-letters',
      action: 'kill-functions',
      every: 4,
      times: 1,
    });
    const { id } = await desk.start({ consumer: 'orders-on-order-events' });
    await kill.happened();
    const replay = await desk.becomes(id, 'done', 60_000);
    expect([replay.taken, replay.errors]).toEqual([takenOfABusyDay, []]);
    expect(await shop.all('/api/v1/orders')).toHaveLength(orders.length);
  }, 90_000);

  it('a stopped replay goes no further than its current step', async () => {
    for (let index = 0; index < 12; index += 1) await shop.sell();
    await stack.settled();
    await store.remove('orders', await store.of(shop.tenant, 'orders', 'price'));
    const hold = await stack.faults.fault({ server: 'cosmos', part: 'Create', target: 'orders', action: 'hold' });
    const { id } = await desk.start({ consumer: 'orders-on-catalog-events' });
    await hold.happened();
    expect(bodyOf(await desk.stop(id), 200).status).toBe('stopped');
    await hold.clear();
    // Pieces of several partitions may be under way: each is written and then counted.
    const { partitions, taken } = await eventually(async () => {
      const replay = bodyOf(await desk.read(id), 200);
      expect(replay.taken).toBeGreaterThan(0);
      expect(await store.of(shop.tenant, 'orders', 'price')).toHaveLength(replay.taken);
      return replay;
    });
    await stack.settled();
    expect(await store.of(shop.tenant, 'orders', 'price')).toHaveLength(taken);
    expect(taken).toBeLessThan(12);
    expect(partitions?.some(({ next, end }) => next < end)).toBe(true);
    expect(bodyOf(await desk.stop(id), 200).status).toBe('stopped');
  });
});

describe('rebuilds', () => {
  it('a rebuild repairs damaged projections and touches those of no other tenant', async () => {
    const other = new Shop(stack);
    await aBusyDay(other);
    const { sku, orders } = await aBusyDay();
    const damaged = async (tenant: string) => {
      const [price] = await store.of(tenant, 'orders', 'price');
      if (price === undefined) throw new Error('there is no price');
      await store.write('orders', { ...price, price: 1, sequence: 99 });
      const [first, ...entries] = await store.of(tenant, 'orders', 'entry');
      for (const entry of entries) await store.write('orders', { ...entry, of: first?.of });
    };
    await damaged(shop.tenant);
    await damaged(other.tenant);
    const asDamaged = await documents(other);

    await desk.run({ consumer: 'orders-on-order-events', rebuild: true });
    await desk.run({ consumer: 'orders-on-catalog-events', rebuild: true });
    expect((await shop.all<Order>('/api/v1/orders')).map(({ id }) => id).sort()).toEqual([...orders].sort());
    expect((await shop.order({ [sku]: 1 }, { totalAmount: 10 })).totalAmount).toBe(10);
    expect(await documents(other)).toEqual(asDamaged);
  });

  it('a repeated rebuild leaves the same projections, and changes nothing but projections', async () => {
    await aBusyDay();
    const picture = async () => {
      const all = await documents();
      const projections = all.filter(({ kind }) => ['price', 'entry', 'bucket'].includes(kind));
      const rest = all.filter((document) => !projections.includes(document));
      return {
        rest,
        projections: projections.map(({ kind, id, of, price, sequence }) => ({ kind, id, of, price, sequence })),
      };
    };
    const before = await picture();
    for (const consumer of ['orders-on-order-events', 'orders-on-catalog-events', 'orders-on-catalog-events'])
      await desk.run({ consumer, rebuild: true });
    expect(await picture()).toEqual(before);
  });
});
