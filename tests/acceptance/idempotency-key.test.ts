import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../rigs/clients/api-client.ts';
import { type Order, orderOf, type Problem, type Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop } from './open-shop.ts';

let shop: Shop;
let sales: ApiClient;
let sku: string;
let key: string;

beforeEach(async () => {
  shop = openShop();
  sales = await shop.as('sales');
  sku = (await shop.sell({ quantity: 100 })).sku;
  key = randomUUID();
});

describe('a request repeated under its Idempotency-Key', () => {
  it('a repeated request gets the first answer, even after the order has changed, and creates nothing', async () => {
    const first = await place({ [sku]: 2 });
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    await shop.decided(first.body.id);
    const again = await place({ [sku]: 2 });
    expect([again.status, again.body]).toEqual([201, first.body]);
    for (const header of ['etag', 'location']) expect(again.headers.get(header)).toBe(first.headers.get(header));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    await expectOrders([first.body.id], 2);
  });

  it('a request is the same under its Idempotency-Key whatever the whitespace of its JSON', async () => {
    const first = await place({ [sku]: 2 });
    const spaced = JSON.stringify(orderOf({ [sku]: 2 }), undefined, 4);
    expect((await sales.post<Order>('/api/v1/orders', spaced, { idempotencyKey: key })).body).toEqual(first.body);
  });

  it('a request is the same under its Idempotency-Key whatever the order of its members, and whether it names a default', async () => {
    const first = await place({ [sku]: 2 });
    const { items, ...rest } = orderOf({ [sku]: 2 });
    const turned = { location: 'main', items: items.map(({ itemId, quantity }) => ({ quantity, itemId })), ...rest };
    const again = await sales.post<Order>('/api/v1/orders', turned, { idempotencyKey: key });
    expect([again.status, again.body]).toEqual([201, first.body]);
    await expectOrders([first.body.id], 2);
  });

  it('eight concurrent requests with one Idempotency-Key place one order', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => place({ [sku]: 2 })));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.has('idempotency-replayed'))).toHaveLength(7);
    await expectOrders([answers[0]?.body.id], 2);
  });

  it('receiving goods twice with one Idempotency-Key adds the stock once', async () => {
    const warehouse = await shop.as('warehouse');
    const receive = () => warehouse.post(`/api/v1/inventory/${sku}/receive`, { quantity: 5 }, { idempotencyKey: key });
    const answers = await Promise.all(Array.from({ length: 8 }, receive));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect((await shop.stock(sku)).onHand).toBe(105);
  });
});

describe('an Idempotency-Key', () => {
  it('an Idempotency-Key reused for another body is refused', async () => {
    const { body: first } = await place({ [sku]: 2 });
    const { status, body } = await sales.post<Problem>('/api/v1/orders', orderOf({ [sku]: 3 }), {
      idempotencyKey: key,
    });
    expect([status, body.type]).toEqual([422, '/problems/idempotency-key-reused']);
    await expectOrders([first.id], 2);
  });

  it('an Idempotency-Key reused for receiving at another location is refused, and nothing is received', async () => {
    const warehouse = await shop.as('warehouse');
    const receive = (location: string) =>
      warehouse.post<Problem>(`/api/v1/inventory/${sku}/receive`, { quantity: 5, location }, { idempotencyKey: key });
    expect((await receive('main')).status).toBe(200);
    const { status, body } = await receive('shop2');
    expect([status, body.type]).toEqual([422, '/problems/idempotency-key-reused']);
    expect((await receive('main')).headers.get('idempotency-replayed')).toBe('true');
    expect((await shop.stock(sku)).onHand).toBe(105);
  });

  it('an Idempotency-Key reused for cancelling another order is refused, and that order stands', async () => {
    const [one, other] = [await shop.order({ [sku]: 1 }), await shop.order({ [sku]: 1 })];
    const cancel = (id: string) =>
      sales.post<Problem>(`/api/v1/orders/${id}/cancel`, { reason: 'late' }, { idempotencyKey: key });
    expect((await cancel(one.id)).status).toBe(200);
    const { status, body } = await cancel(other.id);
    expect([status, body.type]).toEqual([422, '/problems/idempotency-key-reused']);
    expect((await shop.decided(other.id)).status).toBe('confirmed');
  });

  it('the same Idempotency-Key of two callers counts as two keys', async () => {
    const [ann, bob] = [await shop.as('customer', { sub: 'ann' }), await shop.as('customer', { sub: 'bob' })];
    const body = { items: [{ itemId: sku, quantity: 1 }] };
    const anns = await ann.post<Order>('/api/v1/orders', body, { idempotencyKey: key });
    const bobs = await bob.post<Order>('/api/v1/orders', body, { idempotencyKey: key });
    expect([anns.body.customerId, bobs.body.customerId]).toEqual([ann.userId, bob.userId]);
    await expectOrders([anns.body.id, bobs.body.id], 2);
  });

  it('an Idempotency-Key can be used again after a refused request', async () => {
    expect((await place({ [sku]: 2, NOPE: 1 })).status).toBe(422);
    expect((await place({ [sku]: 2 })).status).toBe(201);
  });

  it.each([
    ['with a blank', 'a key'],
    ['of over 255 characters', 'k'.repeat(256)],
  ])('an Idempotency-Key %s is refused', async (_, idempotencyKey) => {
    const { status, body } = await sales.post<Problem>('/api/v1/orders', orderOf({ [sku]: 1 }), { idempotencyKey });
    expect([status, body.type]).toEqual([400, '/problems/invalid-idempotency-key']);
  });
});

function place(lines: Readonly<Record<string, number>>) {
  return sales.post<Order>('/api/v1/orders', orderOf(lines), { idempotencyKey: key });
}

/** These orders and no others are there, and so much is reserved for them. */
async function expectOrders(ids: readonly (string | undefined)[], reserved: number): Promise<void> {
  await eventually(async () => {
    const orders = await shop.all<Order>('/api/v1/orders');
    expect(orders.map(({ id, status }) => [id, status]).sort()).toEqual(ids.map((id) => [id, 'confirmed']).sort());
  });
  expect((await shop.stock(sku)).reserved).toBe(reserved);
}
