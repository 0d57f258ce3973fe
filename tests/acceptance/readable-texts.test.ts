import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { type Order, orderOf, type Page, type Problem, type Product, type Shop } from '../rigs/clients/shop.ts';
import { openShop } from './open-shop.ts';

let shop: Shop;
let manager: ApiClient;
let sales: ApiClient;

beforeEach(async () => {
  shop = openShop();
  manager = await shop.as('manager');
  sales = await shop.as('sales');
});

describe('texts that people write', () => {
  it.each([
    ['İSTANBUL HALI', 'istanbul'],
    ['İSTANBUL HALI', 'halı'],
    ['Mu\u0308nchner Lampe', 'm\u00fcnchner'],
    ['Straßenlaterne', 'STRASSE'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
  ])('a product called %s is found by %s', async (name, search) => {
    await shop.sell({ name });
    const found = bodyOf(
      await manager.get<Page<Product>>(`/api/v1/products?search=${encodeURIComponent(search)}`),
      200,
    );
    expect(found.items.map((product) => product.name)).toEqual([name.normalize('NFC')]);
  });

  it.each([
    ['blanks only', '   '],
    ['half of a character', '\udc00'],
    ['a control character', 'a\u0000b'],
    ['two lines', 'a\nb'],
  ])('a product whose name is %s is refused', async (_, name) => {
    const { status, body } = await manager.post<Problem>('/api/v1/products', { name, price: 1 });
    expect([status, body.errors?.map(({ path }) => path)]).toEqual([422, ['name']]);
  });

  it('an address and a note of an order that are blank are refused, or taken as none', async () => {
    const { sku } = await shop.sell();
    const { id } = await shop.order({ [sku]: 1 });
    expect((await sales.patch(`/api/v1/orders/${id}`, { deliveryAddress: ' \n ' })).status).toBe(422);
    expect((await sales.patch<Order>(`/api/v1/orders/${id}`, { note: ' ' })).body).toMatchObject({ note: '' });
  });
});

describe('ids that somebody chooses', () => {
  it.each(['.', '..'])('an id that no path can name is refused: %s', async (id) => {
    const { sku } = await shop.sell();
    const path = `/api/v1/inventory/${sku}`;
    for (const answer of [
      await manager.post<Problem>('/api/v1/products', { name: 'Lamp', price: 1, sku: id }),
      await sales.post<Problem>('/api/v1/orders', orderOf({ [sku]: 1 }, { customerId: id })),
      await sales.post<Problem>('/api/v1/orders', { ...orderOf({ [sku]: 1 }), location: id }),
      await (await shop.as('warehouse')).post<Problem>(`${path}/receive`, { quantity: 1, location: id }),
    ])
      expect([answer.status, answer.body.type]).toEqual([422, '/problems/invalid-body']);
  });
});

describe('large totals', () => {
  it('an order over more than a thousand million is placed, exact to the cent', async () => {
    const { sku } = await shop.sell({ price: 999_999_999.99, quantity: 5_000 });
    const { status, body } = await sales.post<Order>('/api/v1/orders', orderOf({ [sku]: 5_000 }));
    expect([status, body.totalAmount]).toEqual([201, 4_999_999_999_950]);
    expect((await sales.get<Order>(`/api/v1/orders/${body.id}`)).body.totalAmount).toBe(4_999_999_999_950);
  });

  it('an order whose total would not be exact is refused, and the answer names the limit', async () => {
    const { sku } = await shop.sell({ price: 1_000_000_000, quantity: 1 });
    const { sku: other } = await shop.sell({ price: 1_000_000_000, quantity: 1 });
    const refused = await sales.post<Problem>('/api/v1/orders', orderOf({ [sku]: 10_000, [other]: 10_000 }));
    expect([refused.status, refused.body.type]).toEqual([422, '/problems/total-too-large']);
    expect(refused.body.detail).toContain('10000000000000.00');
  });

  it('a total that a client has added up in fractions is taken to the cent', async () => {
    const { sku } = await shop.sell({ price: 0.1, quantity: 10 });
    const order = { ...orderOf({ [sku]: 3 }), totalAmount: 0.1 + 0.2 };
    expect((await sales.post<Order>('/api/v1/orders', order)).body).toMatchObject({ totalAmount: 0.3 });
    expect((await sales.post('/api/v1/orders', { ...order, totalAmount: 0.301 })).status).toBe(422);
  });
});
