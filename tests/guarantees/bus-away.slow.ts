import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../rigs/clients/api-client.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

it('orders are taken while the bus is away, and confirmed when it is back', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 10 });
  await stack.faults.kafka.stop();

  const placed = await Promise.all(Array.from({ length: 8 }, () => shop.order({ [sku]: 1 })));
  await eventually(async () => {
    const { status, body } = await new ApiClient(stack.url).get('/health/orders');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'degraded',
      dependencies: { store: { status: 'ok' }, bus: { status: 'degraded' } },
    });
  });
  for (const { id } of placed) expect((await shop.orderNow(id)).status).toBe('pending');

  await stack.faults.kafka.start();
  for (const { id } of placed) expect((await shop.decided(id, 25_000)).status).toBe('confirmed');
  expect(await shop.stock(sku)).toMatchObject({ onHand: 10, reserved: 8 });
  await eventually(async () => {
    expect((await new ApiClient(stack.url).get('/health/orders')).body).toMatchObject({ status: 'ok' });
  });
});

it('orders placed while the bus is away and left by a process that died are confirmed all the same', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 10 });
  await stack.faults.kafka.stop();
  const { id } = await shop.order({ [sku]: 1 });
  await stack.faults.functions().kill();

  await stack.faults.kafka.start();
  await stack.faults.functions().start();
  expect((await shop.decided(id, 25_000)).status).toBe('confirmed');
  expect((await shop.stock(sku)).reserved).toBe(1);
});
