import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { type Order, orderOf, Shop, type Stock } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let stack: TestStack;
let secondUrl: string;

beforeAll(async () => {
  stack = await startStack();
  secondUrl = await stack.faults.functions('second').start();
});
afterAll(() => stack.stop());

it('two instances that sell and receive at one location at once lose nothing and sell nothing twice', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 20 });
  const token = await stack.token('admin', { tenant: shop.tenant });
  const instances = [new ApiClient(stack.url, token), new ApiClient(secondUrl, token)];
  const orders = Array.from({ length: 60 }, (_, n) =>
    instances[n % 2]?.post<Order>('/api/v1/orders', orderOf({ [sku]: 1 })),
  );
  const receipts = Array.from({ length: 10 }, (_, n) =>
    instances[n % 2]?.post<Stock>(`/api/v1/inventory/${sku}/receive`, { quantity: 1 }),
  );
  for (const answer of await Promise.all(receipts)) expect(answer?.status).toBe(200);
  const placed = (await Promise.all(orders)).map((answer) =>
    answer === undefined ? expect.fail() : bodyOf(answer, 201),
  );

  const decided = await eventually(async () => {
    const all = await shop.all<Order>('/api/v1/orders');
    expect(all.map(({ id }) => id).sort()).toEqual(placed.map(({ id }) => id).sort());
    expect(all.filter(({ status }) => status === 'pending')).toEqual([]);
    return all;
  }, 25_000);
  await stack.settled();
  const confirmed = decided.filter(({ status }) => status === 'confirmed').length;
  // An order that came before the goods may have been refused for want of them: never more, and never less than there was.
  expect(confirmed).toBeGreaterThanOrEqual(20);
  expect(await shop.stock(sku)).toMatchObject({ onHand: 30, reserved: confirmed });

  await using bus = await stack.observe('inventory-events');
  await bus.caughtUp();
  const told = bus.events('inventory.stock.updated').filter(({ envelope }) => envelope.tenantid === shop.tenant);
  const sequences = new Map(told.map(({ envelope }) => [envelope.id, envelope.sequence]));
  expect(new Set(sequences.values()).size).toBe(sequences.size);
  expect(sequences.size).toBe(1 + 10 + confirmed);
  for (const { envelope } of told) expect((envelope.data as Stock).available).toBeGreaterThanOrEqual(0);
});
