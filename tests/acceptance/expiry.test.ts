import { afterAll, beforeAll, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { type Order, Shop } from '../rigs/clients/shop.ts';
import { openStoredDocuments } from '../rigs/clients/stored-documents.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack({ busFaults: true, env: { ORDER_TIMEOUT: 'PT3S', ORDER_HOLD: 'PT5S' } });
});
afterAll(() => stack.stop());

it('an order that inventory does not answer in time is cancelled and reserves nothing later, unless its tenant gives it longer; one that it answers and that is shipped stays', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 5 });
  const answered = await shop.decided((await shop.order({ [sku]: 1 }, { customerId: 'bob' })).id);
  expect(answered.status).toBe('confirmed');
  const patient = new Shop(stack);
  const { sku: patientSku } = await patient.sell();
  bodyOf(await (await patient.as()).patch('/api/v1/settings', { orders: { timeout: 'PT1H' } }), 200);
  using documents = openStoredDocuments(stack);
  await eventually(async () => expect(await documents.of(patient.tenant, 'orders', 'tenant-settings')).toHaveLength(1));
  const logistics = await shop.as('logistics');
  const { body: shipped } = await logistics.post<Order>(`/api/v1/orders/${answered.id}/ship`);
  await eventually(async () => expect(await shop.stock(sku)).toMatchObject({ onHand: 4, reserved: 0 }));
  const silence = await stack.faults.fault({
    server: 'kafka',
    operation: 'Fetch',
    client: 'inventory-on-order-events',
    action: 'hold',
  });
  await silence.happened();

  const { id } = await shop.order({ [sku]: 2 }, { customerId: 'ann' });
  const waiting = await patient.order({ [patientSku]: 1 });
  const cancelled = await shop.decided(id);
  expect(cancelled).toMatchObject({ status: 'cancelled', reason: 'timed-out' });
  await eventually(async () => {
    const templates = (await shop.all<Notice>('/api/v1/notifications')).map((notice) => notice.template);
    expect(templates).toEqual(['order-cancelled', 'order-shipped', 'order-confirmed']);
  });

  expect((await patient.orderNow(waiting.id)).status).toBe('pending');

  await silence.clear();
  await stack.settled();
  expect((await patient.decided(waiting.id)).status).toBe('confirmed');
  expect(await shop.stock(sku)).toMatchObject({ onHand: 4, reserved: 0 });
  expect(await shop.orderNow(id)).toEqual(cancelled);
  expect(await shop.orderNow(answered.id)).toEqual(shipped);
});

it('a confirmed order that nobody ships is cancelled, its stock is free again, and its customer hears of it', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 5 });
  const { id } = await shop.order({ [sku]: 5 }, { customerId: 'ann' });
  expect((await shop.decided(id)).status).toBe('confirmed');
  const cancelled = await eventually(async () => {
    const order = await shop.orderNow(id);
    expect(order.status).toBe('cancelled');
    return order;
  }, 20_000);
  expect(cancelled.reason).toBe('not-shipped');
  await eventually(async () => expect(await shop.stock(sku)).toMatchObject({ onHand: 5, reserved: 0 }));
  await eventually(async () => {
    const [notice] = await shop.all<Notice>('/api/v1/notifications');
    expect(notice).toMatchObject({ template: 'order-cancelled', body: expect.stringContaining('not shipped in time') });
  });
});

interface Notice {
  readonly template: string;
  readonly body: string;
}
