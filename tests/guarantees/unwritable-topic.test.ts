import { afterAll, beforeAll, expect, it } from 'vitest';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

/** TOPIC_AUTHORIZATION_FAILED. Source: https://kafka.apache.org/protocol.html#protocol_error_codes */
const notAuthorized = 29;

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack({ busFaults: true });
});
afterAll(() => stack?.stop());

it('while one topic cannot be written all other events take effect, health names it, and its own events take effect once it can', async () => {
  await using bus = await stack.observe('order-events', 'inventory-events');
  const shop = new Shop(stack);
  const before = await shop.sell();
  const fault = await stack.faults.fault({
    server: 'kafka',
    operation: 'Produce',
    target: 'inventory-events',
    action: 'refuse',
    status: notAuthorized,
  });
  const { id } = await shop.order({ [before.sku]: 1 });
  await fault.happened(3);
  const anonymous = await stack.as([]);
  await eventually(async () => {
    const { body } = await anonymous.get<{ dependencies: { bus: unknown } }>('/health');
    expect(body.dependencies.bus).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('cannot write to inventory-events'),
    });
  });

  // Products reach the price list and the stock by catalog-events, orders the inventory by order-events.
  const after = await shop.sell();
  const another = await shop.order({ [after.sku]: 2 });
  await eventually(async () => expect((await shop.stock(after.sku)).reserved).toBe(2));
  expect(bus.events('inventory.stock.reserved')).toEqual([]);
  expect((await shop.orderNow(id)).status).toBe('pending');

  await fault.clear();
  for (const order of [id, another.id]) expect((await shop.decided(order)).status).toBe('confirmed');
  await stack.settled();
  expect(bus.events('inventory.stock.reserved')).toHaveLength(2);
});
