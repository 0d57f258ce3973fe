import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { bodyOf } from '../stack/api-client.ts';
import { insist } from '../stack/insist.ts';
import { type Order, orderOf, Shop } from '../stack/shop.ts';
import { startStack, type TestStack } from '../stack/start-stack.ts';
import { expectAgreement } from './agreement.ts';
import { startLoad } from './load.ts';

let stack: TestStack;
let shop: Shop;

beforeAll(async () => {
  // The partitions of a killed process are free again once its session has ended.
  stack = await startStack({ env: { AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs: '2000' } });
});
afterAll(() => stack.stop());
beforeEach(() => {
  shop = new Shop(stack);
});
afterEach(() => stack.faults.clearFaults());

/** Each a moment between a commit and its events' arrival on the bus, in the order that a saga goes through them. */
const moments = [
  {
    when: 'an order is stored and nobody has heard of it',
    server: 'cosmos',
    operation: 'Batch',
    target: 'orders',
    applied: true,
  },
  {
    when: 'an order is stored and about to be told',
    server: 'kafka',
    operation: 'Produce',
    target: 'order-events',
    applied: false,
  },
  { when: 'a reservation is stored', server: 'cosmos', operation: 'Batch', target: 'inventory', applied: true },
  {
    when: 'a reservation is about to be told',
    server: 'kafka',
    operation: 'Produce',
    target: 'inventory-events',
    applied: false,
  },
  {
    when: 'a reservation is told and still in the outbox',
    server: 'kafka',
    operation: 'Produce',
    target: 'inventory-events',
    applied: true,
  },
] as const;

it('a process killed between a commit and its events, wherever that is, loses nothing and does nothing twice', async () => {
  const { sku } = await shop.sell({ quantity: 100 });
  const sales = await shop.as('sales');
  const placed: Order[] = [];
  await stack.settled();
  for (const { when: _, ...moment } of moments) {
    const kill = await stack.faults.fault({ ...moment, times: 1, action: 'kill-functions' });
    const answer = await insist((options) => sales.post<Order>('/api/v1/orders', orderOf({ [sku]: 2 }), options));
    placed.push(bodyOf(answer, 201));
    await kill.happened();
  }
  for (const { id } of placed) expect((await shop.decided(id, 25_000)).status).toBe('confirmed');
  await expectAgreement(stack, shop, sku);
  expect((await shop.stock(sku)).reserved).toBe(2 * moments.length);
}, 120_000);

it('a process killed again and again under load loses no order and reserves none twice', async () => {
  const { sku } = await shop.sell({ quantity: 60 });
  const load = startLoad(shop, sku);
  for (let round = 1; round <= 3; round += 1) {
    await load.acknowledged(20);
    await stack.faults.functions().crash();
  }
  await load.acknowledged(20);
  const acknowledged = await load.end();
  const orders = await expectAgreement(stack, shop, sku);
  expect(orders.map(({ id }) => id)).toEqual(expect.arrayContaining([...acknowledged]));
}, 120_000);
