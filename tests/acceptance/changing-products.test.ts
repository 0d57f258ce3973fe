import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { BusObserver } from '../rigs/clients/bus-observer.ts';
import type { Problem, Product, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

let shop: Shop;
let manager: ApiClient;
let bus: BusObserver;

beforeAll(async () => {
  bus = await sharedStack().observe('catalog-events');
});
afterAll(() => bus.close());
beforeEach(async () => {
  shop = openShop();
  manager = await shop.as('manager');
});

const lamp = { sku: 'LAMP', name: 'Lamp', description: 'Warm', category: 'Light', price: 20, quantity: 3 };

/** A product that nobody has to order. */
async function aProduct(): Promise<Product> {
  return bodyOf(await manager.post<Product>('/api/v1/products', lamp), 201);
}

/** The events of the product, once there are as many. */
function eventsOf({ id }: Product, count: number) {
  return eventually(() => {
    const events = bus.events().filter(({ envelope }) => envelope.subject === `product/${id}`);
    expect(events).toHaveLength(count);
    return events.map(({ envelope: { type, sequence, data } }) => ({ type, sequence, data }));
  });
}

describe('changing a product', () => {
  it('a changed product has its new fields, keeps the others, and publishes all of them', async () => {
    const product = await aProduct();
    const { status, body, headers } = await manager.patch<Product>(`/api/v1/products/${product.id}`, {
      name: 'Desk lamp',
      price: 24.5,
    });
    expect([status, headers.get('etag')]).toEqual([200, '"2"']);
    expect(body).toEqual({ ...product, name: 'Desk lamp', price: 24.5, version: 2 });
    expect((await manager.get(`/api/v1/products/${product.id}`)).body).toEqual(body);
    expect((await eventsOf(product, 2))[1]).toEqual({
      type: 'product.updated',
      sequence: 2,
      data: {
        productId: product.id,
        sku: 'LAMP',
        name: 'Desk lamp',
        description: 'Warm',
        category: 'Light',
        price: 2_450,
      },
    });
  });

  it('a change to the same values changes nothing and publishes nothing', async () => {
    const product = await aProduct();
    const { body } = await manager.patch(`/api/v1/products/${product.id}`, { name: 'Lamp', price: 20 });
    expect(body).toEqual(product);
    await manager.patch(`/api/v1/products/${product.id}`, { price: 21 });
    expect((await eventsOf(product, 2))[1]).toMatchObject({ type: 'product.updated', data: { price: 2_100 } });
  });

  it('orders placed after a price change have the new price', async () => {
    const { id, sku } = await shop.sell({ price: 10 });
    const before = await shop.order({ [sku]: 2 });
    bodyOf(await manager.patch(`/api/v1/products/${id}`, { price: 12.5 }), 200);
    const after = await eventually(() => shop.order({ [sku]: 2 }, { totalAmount: 25 }));
    expect([after.items[0]?.unitPrice, after.totalAmount]).toEqual([12.5, 25]);
    expect((await shop.orderNow(before.id)).totalAmount).toBe(20);
  });

  it('a product is neither changed nor archived with a stale If-Match', async () => {
    const { id } = await aProduct();
    const path = `/api/v1/products/${id}`;
    const asRead = { headers: { 'if-match': '"1"' } };
    expect((await manager.patch(path, { price: 21 }, asRead)).status).toBe(200);
    const { status, body } = await manager.patch<Problem>(path, { price: 22 }, asRead);
    expect([status, body.type]).toEqual([412, '/problems/precondition-failed']);
    expect((await manager.delete(path, asRead)).status).toBe(412);
    expect((await manager.get<Product>(path)).body).toMatchObject({ price: 21, status: 'active' });
  });

  it('many concurrent changes of the same version of a product are applied once', async () => {
    const { id } = await aProduct();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        manager.patch(`/api/v1/products/${id}`, { price: 30 + n }, { headers: { 'if-match': '"1"' } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412, 412, 412]);
  });

  it.each([
    ['no fields', {}, ''],
    ['an empty name', { name: '' }, 'name'],
    ['a price with three decimals', { price: 1.234 }, 'price'],
    ['another SKU', { sku: 'OTHER' }, 'sku'],
    ['a quantity, which belongs to inventory', { quantity: 9 }, 'quantity'],
    ['a status, which DELETE changes', { status: 'archived' }, 'status'],
  ])('a change of a product with %s is refused', async (_, wish, path) => {
    const { id } = await aProduct();
    const { status, body } = await manager.patch<Problem>(`/api/v1/products/${id}`, wish);
    expect([status, body.type]).toEqual([422, '/problems/invalid-body']);
    expect(body.errors?.map((error) => error.path)).toContain(path);
  });
});

describe('archiving a product', () => {
  it('an archived product stays readable, publishes an event, and can be archived twice', async () => {
    const product = await aProduct();
    const path = `/api/v1/products/${product.id}`;
    const archived = { ...product, status: 'archived', version: 2 };
    const first = await manager.delete(path, { headers: { 'if-match': '"1"' } });
    const second = await manager.delete(path, { headers: { 'if-match': '"1"' } });
    expect([first.status, first.body, second.status, second.body]).toEqual([200, archived, 200, archived]);
    expect((await manager.get(path)).body).toEqual(archived);
    const [, last] = await eventsOf(product, 2);
    expect(last).toEqual({
      type: 'product.archived',
      sequence: 2,
      data: { productId: product.id, sku: 'LAMP' },
    });
  });

  it('an archived product cannot be changed, and its SKU stays taken', async () => {
    const { id } = await aProduct();
    await manager.delete(`/api/v1/products/${id}`);
    const changed = await manager.patch<Problem>(`/api/v1/products/${id}`, { price: 1 });
    expect([changed.status, changed.body.type]).toEqual([409, '/problems/product-archived']);
    const again = await manager.post<Problem>('/api/v1/products', lamp);
    expect([again.status, again.body.type]).toEqual([409, '/problems/sku-taken']);
  });

  it('an archived product cannot be ordered, but keeps its stock and its earlier orders', async () => {
    const { id, sku } = await shop.sell({ quantity: 10 });
    const before = await shop.order({ [sku]: 4 });
    await shop.decided(before.id);
    await manager.delete(`/api/v1/products/${id}`);
    await eventually(async () => {
      // With a total that is never right, none is placed while the price list does not know it yet.
      const { status, body } = await shop.tryOrder({ [sku]: 1 }, { totalAmount: 1 });
      expect([status, body]).toEqual([422, expect.objectContaining({ type: '/problems/item-archived' })]);
    });
    expect(await shop.stock(sku)).toMatchObject({ onHand: 10, reserved: 4 });
    bodyOf(await (await shop.as('logistics')).post(`/api/v1/orders/${before.id}/ship`), 200);
    await eventually(async () => expect(await shop.stock(sku)).toMatchObject({ onHand: 6, reserved: 0 }));
  });

  it('only managers can change or archive products, and unknown products are not found', async () => {
    const { id } = await aProduct();
    const customer = await shop.as('customer');
    expect((await customer.patch(`/api/v1/products/${id}`, { price: 1 })).status).toBe(403);
    expect((await customer.delete(`/api/v1/products/${id}`)).status).toBe(403);
    for (const nobody of ['01890000-0000-7000-8000-000000000000', 'no-id-at-all']) {
      expect((await manager.patch(`/api/v1/products/${nobody}`, { price: 1 })).status).toBe(404);
      expect((await manager.delete(`/api/v1/products/${nobody}`)).status).toBe(404);
    }
  });
});
