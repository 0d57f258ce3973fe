import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Order, type Problem, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack({ env: { ORDER_STOCK_CHECK: 'strict' } });
});
afterAll(() => stack.stop());

it('with the strict stock check an order beyond the known stock is refused at once, until goods arrive', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 5 });
  await eventually(async () => {
    const { status, body } = await shop.tryOrder({ [sku]: 6 });
    expect([status, body]).toMatchObject([409, { type: '/problems/insufficient-stock' } satisfies Partial<Problem>]);
  });
  expect((await shop.decided((await shop.order({ [sku]: 5 })).id)).status).toBe('confirmed');
  await eventually(async () => expect((await shop.tryOrder({ [sku]: 1 })).status).toBe(409));
  await (await shop.as('warehouse')).post(`/api/v1/inventory/${sku}/receive`, { quantity: 1 });
  const placed = await eventually(async () => {
    const { status, body } = await shop.tryOrder({ [sku]: 1 });
    expect(status).toBe(201);
    return body;
  });
  expect((await shop.decided(placed.id)).status).toBe('confirmed');
  const decided = (await shop.all<Order>('/api/v1/orders')).filter(({ status }) => status === 'confirmed');
  expect(decided.reduce((sum, { items }) => sum + (items[0]?.quantity ?? 0), 0)).toBe(6);
});
