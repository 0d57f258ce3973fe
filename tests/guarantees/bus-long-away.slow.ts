import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Order, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack({ env: { ORDER_TIMEOUT: 'PT10M' } });
});
afterAll(() => stack.stop());

it('a bus that is away for thirty seconds loses nothing, and gets the events of a process in the order of its commits', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 1_000 });
  await stack.settled();
  await stack.faults.kafka.stop();
  const placed: string[] = [];
  const back = pass(30_000, 'back');
  // One after the other, so that their commits have an order; the outage itself is what takes the time.
  while ((await Promise.race([back, Promise.resolve('away')])) === 'away')
    placed.push((await shop.order({ [sku]: 1 })).id);

  await stack.faults.kafka.start();
  await eventually(async () => {
    const all = await shop.all<Order>('/api/v1/orders');
    expect(all).toHaveLength(placed.length);
    expect(all.filter(({ status }) => status === 'pending')).toEqual([]);
  }, 120_000);
  await stack.settled(120_000);
  await using bus = await stack.observe('order-events');
  await bus.caughtUp();
  const created = bus.events('order.created').map(({ envelope }) => envelope.subject.replace('order/', ''));
  const firsts = [...new Set(created)];
  expect(firsts.toSorted()).toEqual(placed.toSorted());
  expect(firsts).toEqual(placed);
}, 300_000);
