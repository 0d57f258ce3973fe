import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { ReplayDesk } from '../rigs/clients/replay-desk.ts';
import { type Order, type Page, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { expectAgreement } from './agreement.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack({ env: { EVENT_TRIGGER: 'eventhubs' } });
});
afterAll(() => stack.stop());

it('orders are confirmed over Event Hubs, though it detaches links and is busy, each of their events once', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 10 });
  const trouble = { server: 'kafka', operation: 'Send', action: 'refuse', times: 1 } as const;
  const detached = await stack.faults.fault({ ...trouble, status: 410, target: 'order-events' });
  const busy = await stack.faults.fault({ ...trouble, status: 503, target: 'inventory-events' });
  const { id } = await shop.order({ [sku]: 3 });
  await detached.happened();
  await busy.happened();
  expect((await shop.decided(id, 25_000)).status).toBe('confirmed');
  await expectAgreement(stack, shop, sku);
}, 90_000);

it('a replay reads the hubs: what was done stays done, and projections come out the same', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 10 });
  const { id } = await shop.order({ [sku]: 2 });
  await shop.decided(id);
  await stack.settled();
  const sales = await shop.as('sales');
  const listed = async () => bodyOf(await sales.get<Page<Order>>('/api/v1/orders'), 200);
  const before = { orders: await listed(), stock: await shop.stock(sku) };

  const desk = await ReplayDesk.of(shop);
  const again = await desk.run({ consumer: 'inventory-on-order-events' });
  expect(again.counts['order.created']).toEqual({ events: 1, taken: 1 });
  const rebuilt = await desk.run({ consumer: 'orders-on-order-events', rebuild: true });
  expect(rebuilt.progress?.done).toBe(rebuilt.progress?.of);
  await stack.settled();
  expect({ orders: await listed(), stock: await shop.stock(sku) }).toEqual(before);
  await expectAgreement(stack, shop, sku);
}, 90_000);

it('health and lag report Event Hubs as they report Kafka', async () => {
  await stack.settled();
  await eventually(async () => {
    const { body } = await new ApiClient(stack.url).get('/health/orders');
    expect(body).toMatchObject({ status: 'ok', dependencies: { bus: { status: 'ok' } } });
    const lag = await (await stack.as('operator')).get<{ items: readonly { total: number }[] }>('/api/v1/lag');
    expect(lag.status).toBe(200);
    expect(JSON.stringify(lag.body)).toContain('inventory-on-order-events');
  });
}, 60_000);
