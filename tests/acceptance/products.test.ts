import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../rigs/clients/api-client.ts';
import type { Page, Problem, Product, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop } from './open-shop.ts';

let shop: Shop;
let manager: ApiClient;

beforeEach(async () => {
  shop = openShop();
  manager = await shop.as('manager');
});

describe('a new product', () => {
  it('a new product is answered as it was sent, at version 1, with Location and ETag', async () => {
    const wish = { sku: 'LAMP.1', name: 'Lamp', description: 'Warm', category: 'Light', price: 19.95, quantity: 3 };
    const { status, body, headers } = await manager.post<Product>('/api/v1/products', wish);
    expect(status).toBe(201);
    expect(body).toEqual({ ...wish, id: expect.any(String), status: 'active', version: 1 });
    expect(headers.get('location')).toBe(`/api/v1/products/${body.id}`);
    expect(headers.get('etag')).toBe('"1"');
  });

  it('a new product without a SKU gets its id as SKU', async () => {
    const { body } = await manager.post<Product>('/api/v1/products', { name: 'Lamp', price: 1 });
    expect(body.sku).toBe(body.id);
    expect(body.quantity).toBe(0);
  });

  it('a new product can be read at once by its id, with the same ETag', async () => {
    const { body, headers } = await manager.post<Product>('/api/v1/products', { name: 'Lamp', price: 1 });
    const read = await manager.get<Product>(`/api/v1/products/${body.id}`);
    expect([read.status, read.body]).toEqual([200, body]);
    expect(read.headers.get('etag')).toBe(headers.get('etag'));
  });

  it('a new product cannot have the SKU of another', async () => {
    await manager.post('/api/v1/products', { sku: 'TAKEN', name: 'First', price: 1 });
    const { status, body } = await manager.post<Problem>('/api/v1/products', {
      sku: 'TAKEN',
      name: 'Second',
      price: 2,
    });
    expect([status, body.type]).toEqual([409, '/problems/sku-taken']);
    expect(await shop.all<Product>('/api/v1/products')).toHaveLength(1);
  });

  it('only one of eight concurrent requests gets a SKU', async () => {
    const wishes = Array.from({ length: 8 }, (_, n) => ({ sku: 'WANTED', name: `Wish ${n}`, price: 1 }));
    const answers = await Promise.all(wishes.map((wish) => manager.post('/api/v1/products', wish)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect(await shop.all<Product>('/api/v1/products')).toHaveLength(1);
  });

  it('a new product has its initial stock at the main location', async () => {
    const { body } = await manager.post<Product>('/api/v1/products', {
      sku: 'LAMP',
      name: 'Lamp',
      price: 1,
      quantity: 7,
    });
    const expected = { itemId: body.sku, location: 'main', onHand: 7, reserved: 0, available: 7, reorderPoint: 0 };
    await eventually(async () => expect(await shop.stock('LAMP')).toEqual(expected));
  });

  it.each([
    ['a name', { price: 1 }, 'name'],
    ['a price of at most two decimals', { name: 'Lamp', price: 1.234 }, 'price'],
    ['a price that is not negative', { name: 'Lamp', price: -1 }, 'price'],
    ['a whole quantity', { name: 'Lamp', price: 1, quantity: 1.5 }, 'quantity'],
    ['a SKU without a slash', { name: 'Lamp', price: 1, sku: 'A/B' }, 'sku'],
    ['known fields only', { name: 'Lamp', price: 1, colour: 'red' }, 'colour'],
  ])('a new product needs %s', async (_, wish, path) => {
    const { status, body } = await manager.post<Problem>('/api/v1/products', wish);
    expect([status, body.type]).toEqual([422, '/problems/invalid-body']);
    expect(body.errors?.map((error) => error.path)).toEqual([path]);
  });
});

describe('products', () => {
  it('an unknown product is not found', async () => {
    for (const id of ['01890000-0000-7000-8000-000000000000', 'no-id-at-all']) {
      const { status, body } = await manager.get<Problem>(`/api/v1/products/${id}`);
      expect([status, body.type]).toEqual([404, '/problems/not-found']);
    }
  });

  it('products are listed page by page without gaps and repeats', async () => {
    const skus = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    await Promise.all(skus.map((sku) => manager.post('/api/v1/products', { sku, name: sku, price: 1 })));
    const pages: string[][] = [];
    let continuation: string | undefined;
    do {
      const query = continuation === undefined ? '' : `&continuation=${continuation}`;
      const { body } = await manager.get<Page<Product>>(`/api/v1/products?limit=3${query}`);
      pages.push(body.items.map(({ sku }) => sku));
      continuation = body.continuation;
    } while (continuation !== undefined);
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(pages.flat().sort()).toEqual(skus);
  });

  it.each([
    ['limit=0', 'invalid-query'],
    ['limit=101', 'invalid-query'],
    ['limit=many', 'invalid-query'],
    ['page=2', 'invalid-query'],
    ['continuation=nonsense', 'invalid-continuation'],
  ])('products are not listed with ?%s', async (query, problem) => {
    const { status, body } = await manager.get<Problem>(`/api/v1/products?${query}`);
    expect([status, body.type]).toEqual([422, `/problems/${problem}`]);
  });
});
