import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Order, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { expectAgreement } from './agreement.ts';
import { joinAndLeave } from './restless-member.ts';

const [orders, customers] = [5_000, 25];
const groups = {
  'inventory-on-order-events': 'order-events',
  'orders-on-inventory-events': 'inventory-events',
  'notifications-on-order-events': 'order-events',
};

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

it('5,000 orders are each decided once while their consumers are shared out anew every second', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 4_000 });
  const restless = Object.entries(groups).map(([group, topic]) => joinAndLeave(stack.kafka, group, topic));
  const customer = async () => {
    for (let placed = 0; placed < orders / customers; placed += 1) await shop.order({ [sku]: 1 });
  };
  await Promise.all(Array.from({ length: customers }, customer));
  await eventually(async () => {
    expect(restless.map(({ joins }) => joins >= 10)).toEqual([true, true, true]);
    expect((await shop.stock(sku)).reserved).toBe(4_000);
  }, 240_000);
  await Promise.all(restless.map((member) => member.leave()));

  await stack.settled(240_000);
  const all = await expectAgreement(stack, shop, sku);
  expect(all).toHaveLength(orders);
  expect(all.filter(({ status }: Order) => status === 'confirmed')).toHaveLength(4_000);
}, 900_000);
