import { beforeEach, expect, it } from 'vitest';
import type { ApiClient } from '../rigs/clients/api-client.ts';
import type { Order, Problem, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

let shop: Shop;
let sales: ApiClient;
let sku: string;

beforeEach(async () => {
  shop = openShop();
  sales = await shop.as('sales');
  sku = (await shop.sell({ quantity: 10 })).sku;
});

it('cancelling a confirmed order frees its stock', async () => {
  const order = await confirmed(4);
  expect((await shop.stock(sku)).reserved).toBe(4);
  const { status, body, headers } = await cancel(order.id, { reason: 'changed my mind' });
  expect([status, body]).toEqual([200, { ...order, status: 'cancelled', reason: 'changed my mind', version: 4 }]);
  expect(headers.get('etag')).toBe('"4"');
  await eventually(async () => expect(await shop.stock(sku)).toMatchObject({ onHand: 10, reserved: 0 }));
});

it('stock that a cancellation has released can be ordered again', async () => {
  await cancel((await confirmed(10)).id);
  await eventually(async () => expect((await shop.stock(sku)).available).toBe(10));
  await confirmed(10);
});

it('cancelling an order again answers the same and changes nothing more', async () => {
  await using bus = await sharedStack().observe('order-events');
  const { id } = await confirmed(4);
  const first = await cancel(id, { reason: 'first' });
  const again = await cancel(id, { reason: 'second' });
  expect([again.status, again.body]).toEqual([200, first.body]);
  await eventually(async () => expect((await shop.stock(sku)).reserved).toBe(0));
  // Whatever the second has said was said before this.
  const marker = await shop.order({ [sku]: 1 });
  const ofOrder = (orderId: string) => bus.events().filter(({ envelope }) => envelope.subject === `order/${orderId}`);
  await eventually(() => expect(ofOrder(marker.id).length).toBeGreaterThan(0));
  expect(ofOrder(id).map(({ envelope }) => envelope.type)).toEqual([
    'order.created',
    'order.status.changed',
    'order.cancelled',
    'order.status.changed',
  ]);
});

it('an order cancelled by eight requests at once is cancelled once', async () => {
  const { id } = await confirmed(4);
  const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(id)));
  expect(answers.map(({ status, body }) => [status, body.version])).toEqual(Array(8).fill([200, 4]));
  await eventually(async () => expect((await shop.stock(sku)).reserved).toBe(0));
});

it('an order cancelled while its stock is being reserved holds no stock', async () => {
  const { id } = await shop.order({ [sku]: 4 });
  expect((await cancel(id)).status).toBe(200);
  // Both the reservation and its release are told of on the same partition, so a later order is decided after them.
  await confirmed(1);
  await eventually(async () => expect((await shop.stock(sku)).reserved).toBe(1));
  expect((await shop.orderNow(id)).status).toBe('cancelled');
});

it('a rejected order cannot be cancelled', async () => {
  const { id } = await shop.order({ [sku]: 11 });
  expect((await shop.decided(id)).status).toBe('rejected');
  const { status, body } = await sales.post<Problem>(`/api/v1/orders/${id}/cancel`);
  expect([status, body.type]).toEqual([409, '/problems/illegal-transition']);
});

it('an order is cancelled with its current ETag as If-Match, and not with a stale one', async () => {
  const { id } = await confirmed(4);
  const stale = await sales.post<Problem>(`/api/v1/orders/${id}/cancel`, undefined, { headers: { 'if-match': '"1"' } });
  expect([stale.status, stale.body.type]).toEqual([412, '/problems/precondition-failed']);
  expect((await shop.orderNow(id)).status).toBe('confirmed');
  const { headers } = await sales.get(`/api/v1/orders/${id}`);
  const right = { headers: { 'if-match': headers.get('etag') ?? '' } };
  expect((await sales.post(`/api/v1/orders/${id}/cancel`, undefined, right)).status).toBe(200);
});

it('a cancellation that is sent again with the If-Match of the first is answered as the first was', async () => {
  const { id, version } = await confirmed(4);
  const asRead = { headers: { 'if-match': `"${version}"` } };
  const first = await sales.post<Order>(`/api/v1/orders/${id}/cancel`, undefined, asRead);
  const again = await sales.post<Order>(`/api/v1/orders/${id}/cancel`, undefined, asRead);
  expect([first.status, first.body.status]).toEqual([200, 'cancelled']);
  expect([again.status, again.body]).toEqual([200, first.body]);
});

it('an unknown order cannot be cancelled', async () => {
  expect((await cancel('01890000-0000-7000-8000-000000000000')).status).toBe(404);
});

async function confirmed(quantity: number): Promise<Order> {
  const order = await shop.decided((await shop.order({ [sku]: quantity })).id);
  expect(order.status).toBe('confirmed');
  return order;
}

function cancel(id: string, body?: object) {
  return sales.post<Order>(`/api/v1/orders/${id}/cancel`, body);
}
