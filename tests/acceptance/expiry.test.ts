import { afterAll, beforeAll, expect, it } from 'vitest';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack({ busFaults: true, env: { ORDER_TIMEOUT: 'PT3S' } });
});
afterAll(() => stack.stop());

it('an order that inventory does not answer in time is cancelled and reserves nothing later; one that it answers stays', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 5 });
  const answered = await shop.decided((await shop.order({ [sku]: 1 }, { customerId: 'bob' })).id);
  expect(answered.status).toBe('confirmed');
  const silence = await stack.faults.fault({
    server: 'kafka',
    operation: 'Fetch',
    client: 'inventory-on-order-events',
    action: 'hold',
  });
  await silence.happened();

  const { id } = await shop.order({ [sku]: 2 }, { customerId: 'ann' });
  const cancelled = await shop.decided(id);
  expect(cancelled).toMatchObject({ status: 'cancelled', reason: 'timed-out' });
  await eventually(async () => {
    const templates = (await shop.all<Notice>('/api/v1/notifications')).map((notice) => notice.template);
    expect(templates).toEqual(['order-cancelled', 'order-confirmed']);
  });

  await silence.clear();
  await stack.settled();
  expect(await shop.stock(sku)).toMatchObject({ onHand: 5, reserved: 1 });
  expect(await shop.orderNow(id)).toEqual(cancelled);
  expect(await shop.orderNow(answered.id)).toEqual(answered);
});

interface Notice {
  readonly template: string;
}
