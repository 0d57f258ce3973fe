import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Order, Shop, type Stock } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

it('1,000 orders at once for 100 pieces confirm exactly 100, and no event shows negative stock', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 100 });
  await Promise.all(Array.from({ length: 1_000 }, () => shop.order({ [sku]: 1 })));
  const orders = await eventually(async () => {
    const all = await shop.all<Order>('/api/v1/orders');
    expect(all).toHaveLength(1_000);
    expect(all.filter(({ status }) => status === 'pending')).toEqual([]);
    return all;
  }, 120_000);
  expect(orders.filter(({ status }) => status === 'confirmed')).toHaveLength(100);
  expect(await shop.stock(sku)).toMatchObject({ onHand: 100, reserved: 100, available: 0 });

  await stack.settled();
  await using bus = await stack.observe('inventory-events');
  await bus.caughtUp();
  const levels = bus.events('inventory.stock.updated').map(({ envelope }) => envelope.data as Stock);
  expect(levels).toHaveLength(101);
  expect(Math.min(...levels.map(({ available }) => available))).toBe(0);
});
