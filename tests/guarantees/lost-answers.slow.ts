import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { type Order, orderOf, Shop } from '../rigs/clients/shop.ts';
import { insist } from '../rigs/stack/insist.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let stack: TestStack;
let shop: Shop;
let sku: string;

beforeAll(async () => {
  // A batch is held for a moment only: a longer outage outlasts it, and the host has to deliver it again.
  stack = await startStack({ env: { BATCH_RETRY_WINDOW: 'PT1S' } });
});
afterAll(() => stack.stop());
beforeEach(async () => {
  shop = new Shop(stack);
  sku = (await shop.sell({ quantity: 100 })).sku;
  await stack.settled();
});
afterEach(() => stack.faults.clearFaults());

describe('lost answers of the store', () => {
  it.each([1, 3])('goods are not received twice when the answer to the write is lost %i time(s)', async (times) => {
    const fault = await loseAnswers('inventory', times);
    const warehouse = await shop.as('warehouse');
    const answer = await warehouse.post(`/api/v1/inventory/${sku}/receive`, { quantity: 10 });
    expect(bodyOf(answer, 200)).toMatchObject({ onHand: 110 });
    await fault.happened(times);
    expect((await shop.stock(sku)).onHand).toBe(110);
    expect(await tellings('inventory-events')).toEqual({
      'inventory.stock.updated': 2,
    });
  });

  it.each([1, 3])('stock is not reserved twice when the answer to the write is lost %i time(s)', async (times) => {
    const fault = await loseAnswers('inventory', times);
    const { id } = await shop.order({ [sku]: 10 });
    expect((await shop.decided(id)).status).toBe('confirmed');
    await fault.happened(times);
    expect((await shop.stock(sku)).reserved).toBe(10);
    expect(await tellings('inventory-events')).toEqual({
      'inventory.stock.updated': 2,
      'inventory.stock.reserved': 1,
    });
  });

  it('an order is not placed twice when the answer to the write is lost', async () => {
    const fault = await loseAnswers('orders', 1);
    const { id } = await shop.order({ [sku]: 10 });
    await fault.happened();
    expect((await shop.decided(id)).status).toBe('confirmed');
    expect(await tellings('order-events')).toEqual({ 'order.created': 1, 'order.status.changed': 1 });
    expect(await shop.all<Order>('/api/v1/orders')).toHaveLength(1);
  });
});

describe('concurrent requests under one Idempotency-Key', () => {
  it('concurrent requests under one Idempotency-Key make one order though the store loses every second answer', async () => {
    const fault = await stack.faults.fault({
      server: 'cosmos',
      operation: 'Batch',
      target: 'orders',
      every: 2,
      action: 'apply-then-drop',
    });
    const key = randomUUID();
    await expectOneOrder(await Promise.all(Array.from({ length: 8 }, () => place(key))));
    await fault.happened();
  });

  it('concurrent requests under one Idempotency-Key make one order though every client disconnects and retries', async () => {
    const held = await stack.faults.fault({ server: 'cosmos', operation: 'Batch', target: 'orders', action: 'hold' });
    const key = randomUUID();
    const goneAway = new AbortController();
    const impatient = Array.from({ length: 8 }, () => send(key, goneAway.signal));
    await held.happened(8);
    goneAway.abort();
    expect((await Promise.allSettled(impatient)).map(({ status }) => status)).toEqual(Array(8).fill('rejected'));
    await held.clear();
    await expectOneOrder(await Promise.all(Array.from({ length: 8 }, () => place(key))));
  });

  async function place(key: string) {
    const sales = await shop.as('sales');
    return insist((options) => sales.post<Order>('/api/v1/orders', orderOf({ [sku]: 2 }), options), key);
  }

  async function send(key: string, signal: AbortSignal) {
    const headers = {
      authorization: `Bearer ${await stack.token('sales', { tenant: shop.tenant })}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    const body = JSON.stringify(orderOf({ [sku]: 2 }));
    return fetch(new URL('/api/v1/orders', stack.url), { method: 'POST', headers, body, signal });
  }

  async function expectOneOrder(answers: readonly Awaited<ReturnType<typeof place>>[]) {
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const ids = new Set(answers.map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    await stack.settled();
    expect((await shop.all<Order>('/api/v1/orders')).map(({ id, status }) => [id, status])).toEqual([
      [...ids, 'confirmed'],
    ]);
    expect((await shop.stock(sku)).reserved).toBe(2);
    expect(await tellings('order-events')).toEqual({ 'order.created': 1, 'order.status.changed': 1 });
  }
});

it('a store that is away for longer than a commit and a batch are tried loses no reaction', async () => {
  const outage = await stack.faults.fault({
    server: 'cosmos',
    operation: 'Batch',
    target: 'inventory',
    action: 'refuse',
    status: 503,
  });
  const { id } = await shop.order({ [sku]: 10 });
  await outage.happened(20); // a commit is sent eight times
  expect((await shop.orderNow(id)).status).toBe('pending');
  await outage.clear();
  expect((await shop.decided(id)).status).toBe('confirmed');
  expect((await shop.stock(sku)).reserved).toBe(10);
});

it('a store that answers 429 or 503 to every second write changes nothing but time', async () => {
  const refusing = { server: 'cosmos', action: 'refuse', retryAfterMs: 5 } as const;
  const writes = { ...refusing, operation: 'Batch' } as const;
  // Of every four writes the fourth is refused by one rule, and of the other three the third by the other.
  const throttled = await stack.faults.fault({ ...writes, every: 4, status: 429 });
  const unavailable = await stack.faults.fault({ ...writes, every: 3, status: 503 });
  const together = { ...refusing, operation: 'Bulk', part: 'Create', target: 'orders', times: 2 } as const;
  const throttledTogether = await stack.faults.fault({ ...together, status: 429 });
  const sales = await shop.as('sales');
  const placed = await Promise.all(
    Array.from({ length: 10 }, () =>
      insist((options) => sales.post<Order>('/api/v1/orders', orderOf({ [sku]: 3 }), options)),
    ),
  );
  for (const answer of placed) expect((await shop.decided(bodyOf(answer, 201).id)).status).toBe('confirmed');
  await throttled.happened(5);
  await unavailable.happened(5);
  await throttledTogether.happened();
  await stack.faults.clearFaults();
  await stack.settled();
  expect((await shop.stock(sku)).reserved).toBe(30);
  expect(await tellings('order-events')).toEqual({ 'order.created': 10, 'order.status.changed': 10 });
  expect(await shop.all('/api/v1/notifications')).toHaveLength(10);
});

/** The next writes to a container happen, and nobody hears of it. */
function loseAnswers(target: string, times: number) {
  return stack.faults.fault({ server: 'cosmos', operation: 'Batch', target, times, action: 'apply-then-drop' });
}

/** How many different events of each type this shop has told of in all, once nothing is under way. */
async function tellings(topic: string): Promise<Readonly<Record<string, number>>> {
  await stack.settled();
  await using bus = await stack.observe(topic);
  await bus.caughtUp();
  const ours = bus.events().filter(({ envelope }) => envelope.tenantid === shop.tenant);
  const typeOf = new Map(ours.map(({ envelope }) => [envelope.id, envelope.type]));
  return Object.fromEntries([...Map.groupBy(typeOf.values(), (type) => type)].map(([type, all]) => [type, all.length]));
}
