import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../rigs/clients/api-client.ts';
import { type Order, orderOf, type Problem, type Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop } from './open-shop.ts';

let shop: Shop;
let sales: ApiClient;

beforeEach(async () => {
  shop = openShop();
  sales = await shop.as('sales');
});

describe('placing an order', () => {
  it('a new order is answered as pending with prices, Location and ETag, and is then confirmed', async () => {
    const { sku } = await shop.sell({ price: 19.95, quantity: 5 });
    const { status, body, headers } = await sales.post<Order>('/api/v1/orders', orderOf({ [sku]: 3 }));
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      customerId: 'somebody',
      status: 'pending',
      items: [{ itemId: sku, quantity: 3, unitPrice: 19.95 }],
      totalAmount: 59.85,
      location: 'main',
      placedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      version: 1,
    });
    expect(headers.get('location')).toBe(`/api/v1/orders/${body.id}`);
    expect(headers.get('etag')).toBe('"1"');
    expect(await shop.decided(body.id)).toEqual({ ...body, status: 'confirmed', version: 2 });
  });

  it('an order reserves all of its lines or none', async () => {
    const [plenty, scarce] = [await shop.sell({ quantity: 9 }), await shop.sell({ quantity: 1 })];
    const { id } = await shop.order({ [plenty.sku]: 3, [scarce.sku]: 2 });
    const { status, reason } = await shop.decided(id);
    expect(status).toBe('rejected');
    expect(reason).toContain(scarce.sku);
    expect(reason).not.toContain(plenty.sku);
    expect([await shop.stock(plenty.sku), await shop.stock(scarce.sku)]).toMatchObject([
      { reserved: 0 },
      { reserved: 0 },
    ]);
  });

  it('an order takes the stock of the location that it names', async () => {
    const { sku } = await shop.sell({ quantity: 5 });
    const warehouse = await shop.as('warehouse');
    await warehouse.post(`/api/v1/inventory/${sku}/receive`, { quantity: 5, location: 'shop-7' });
    const { id } = await eventually(() => shop.order({ [sku]: 2 }, { location: 'shop-7' }));
    expect((await shop.decided(id)).status).toBe('confirmed');
    expect([await shop.stock(sku, 'shop-7'), await shop.stock(sku)]).toMatchObject([{ reserved: 2 }, { reserved: 0 }]);
  });

  it('an order may have fifty lines', async () => {
    const skus = Array.from({ length: 50 }, (_, n) => `ITEM-${n}`);
    await Promise.all(skus.map((sku) => shop.sell({ sku, quantity: 1 })));
    const { id } = await shop.order(Object.fromEntries(skus.map((sku) => [sku, 1])));
    expect((await shop.decided(id)).status).toBe('confirmed');
    const reserved = await Promise.all(skus.map(async (sku) => (await shop.stock(sku)).reserved));
    expect(reserved).toEqual(Array(50).fill(1));
  });
});

describe('a location', () => {
  it('an order at a location that nothing has ever been in stock at is refused, until its first goods come', async () => {
    const { sku } = await shop.sell({ quantity: 5 });
    for (const location of ['Main', 'shop-7']) {
      const { status, body } = await sales.post<Problem>('/api/v1/orders', orderOf({ [sku]: 2 }, { location }));
      expect([status, body.type]).toEqual([422, '/problems/unknown-location']);
      expect(body.detail).toContain(location);
    }
    const warehouse = await shop.as('warehouse');
    await warehouse.post(`/api/v1/inventory/${sku}/receive`, { quantity: 2, location: 'shop-7' });
    const { id } = await eventually(() => shop.order({ [sku]: 2 }, { location: 'shop-7' }));
    expect((await shop.decided(id)).status).toBe('confirmed');
    await eventually(async () => expect(await shop.stock(sku, 'shop-7')).toMatchObject({ available: 0 }));
    // Sold out is not unknown, and what is there of another item is for inventory to say.
    const { id: later } = await shop.order({ [sku]: 1 }, { location: 'shop-7' });
    expect((await shop.decided(later)).status).toBe('rejected');
  });

  it('a product that has no stock yet can be ordered at the main location', async () => {
    const { sku } = await shop.sell({ quantity: 0 });
    expect((await shop.tryOrder({ [sku]: 1 }, { location: 'main' })).status).toBe(201);
  });

  it('a location that another tenant has is unknown', async () => {
    const [{ sku }, other] = [await shop.sell(), openShop()];
    const warehouse = await other.as('warehouse');
    const { sku: theirs } = await other.sell();
    await warehouse.post(`/api/v1/inventory/${theirs}/receive`, { quantity: 2, location: 'shop-7' });
    await eventually(() => other.order({ [theirs]: 2 }, { location: 'shop-7' }));
    expect((await shop.tryOrder({ [sku]: 1 }, { location: 'shop-7' })).status).toBe(422);
  });
});

describe('an invalid order', () => {
  it('an order for an unknown item is refused', async () => {
    const { sku } = await shop.sell();
    const { status, body } = await sales.post<Problem>('/api/v1/orders', orderOf({ [sku]: 1, NOPE: 1 }));
    expect([status, body.type]).toEqual([422, '/problems/unknown-item']);
    expect(body.detail).toContain('NOPE');
    expect(await shop.all('/api/v1/orders')).toEqual([]);
  });

  it('an order whose total does not match its items is refused', async () => {
    const { sku } = await shop.sell({ price: 10 });
    const { status, body } = await sales.post<Problem>('/api/v1/orders', orderOf({ [sku]: 2 }, { totalAmount: 20.01 }));
    expect([status, body.type]).toEqual([422, '/problems/total-mismatch']);
    expect(body.detail).toMatch(/20\.00.*20\.01/);
  });

  it('an order without a customer is refused', async () => {
    const { sku } = await shop.sell();
    const body = { items: [{ itemId: sku, quantity: 1 }] };
    expect((await sales.post<Problem>('/api/v1/orders', body)).status).toBe(422);
  });

  it.each<[string, object, string[]]>([
    ['no items', { items: [] }, ['items']],
    ['items left out', {}, ['items']],
    ['an item twice', { items: [line(), line()] }, ['items']],
    ['51 lines', { items: Array.from({ length: 51 }, (_, n) => line({ itemId: `I${n}` })) }, ['items']],
    ['a quantity of zero', { items: [line({ quantity: 0 })] }, ['items.0.quantity']],
    ['half a piece', { items: [line({ quantity: 0.5 })] }, ['items.0.quantity']],
    ['more than 10,000 pieces', { items: [line({ quantity: 10_001 })] }, ['items.0.quantity']],
    ['a number as text', { items: [line({ quantity: '1' })] }, ['items.0.quantity']],
    ['a SKU of strange letters', { items: [line({ itemId: 'a/b' })] }, ['items.0.itemId']],
    ['a negative total', { items: [line()], totalAmount: -1 }, ['totalAmount']],
    ['a total of three decimals', { items: [line()], totalAmount: 1.001 }, ['totalAmount']],
    ['unknown fields', { items: [line({ price: 1 })], coupon: 'x' }, ['items.0.price', 'coupon']],
  ])('an order with %s is refused, and the answer names the field', async (_, order, paths) => {
    const { status, body } = await sales.post<Problem>('/api/v1/orders', { customerId: 'c', ...order });
    expect([status, body.type]).toEqual([422, '/problems/invalid-body']);
    expect(body.errors?.map(({ path }) => path).sort()).toEqual([...paths].sort());
  });
});

describe('a request body', () => {
  it.each<[string, number, string, string | undefined, Record<string, string>]>([
    ['that is broken', 400, 'broken-json', '{"items": [', {}],
    ['that is empty', 400, 'broken-json', undefined, { 'content-type': 'application/json' }],
    ['of an unsupported media type', 415, 'unsupported-media-type', 'items=1', { 'content-type': 'text/plain' }],
    ['of over one mebibyte', 413, 'body-too-large', `{"note":"${'x'.repeat(1024 * 1024)}"}`, {}],
    ['that is not an object', 422, 'invalid-body', '[]', {}],
  ])('a body %s is refused with %i', async (_, expected, problem, body, headers) => {
    const answer = await sales.post<Problem>('/api/v1/orders', body, { headers });
    expect([answer.status, answer.body.type]).toEqual([expected, `/problems/${problem}`]);
  });

  it('a content type may have parameters', async () => {
    const { sku } = await shop.sell();
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    expect((await sales.post('/api/v1/orders', orderOf({ [sku]: 1 }), { headers })).status).toBe(201);
  });
});

it('a problem is an application/problem+json with the trace id as instance', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  const { status, headers, body } = await sales.post(
    '/api/v1/orders',
    { customerId: 'c' },
    { headers: { traceparent } },
  );
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toEqual({
    type: '/problems/invalid-body',
    title: 'Invalid body',
    status,
    detail: expect.stringContaining('items'),
    instance: traceId,
    errors: [{ path: 'items', message: expect.any(String) }],
  });
});

it('a trailing slash in the path makes no difference', async () => {
  const { sku } = await shop.sell();
  const { status, body } = await sales.post<Order>('/api/v1/orders/', orderOf({ [sku]: 1 }));
  expect(status).toBe(201);
  expect((await sales.get<Order>(`/api/v1/orders/${body.id}/`)).body.id).toBe(body.id);
});

function line(different: object = {}) {
  return { itemId: 'ITEM', quantity: 1, ...different };
}
