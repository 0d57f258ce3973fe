import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../rigs/clients/api-client.ts';
import type { Page, Problem, Shop, Stock } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop } from './open-shop.ts';

let shop: Shop;
let warehouse: ApiClient;

beforeEach(async () => {
  shop = openShop();
  warehouse = await shop.as('warehouse');
});

describe('receiving goods', () => {
  it('receiving goods adds to the stock and answers with the new stock', async () => {
    const { sku } = await shop.sell({ quantity: 5 });
    const { status, body, headers } = await receive(sku, { quantity: 10 });
    expect([status, body]).toEqual([
      200,
      { itemId: sku, location: 'main', onHand: 15, reserved: 0, available: 15, reorderPoint: 0 },
    ]);
    const read = await warehouse.get(`/api/v1/inventory/${sku}`);
    expect(read.body).toEqual(body);
    expect(read.headers.get('etag')).toBe(headers.get('etag'));
  });

  it('receiving goods at another location does not change the main one', async () => {
    const { sku } = await shop.sell({ quantity: 5 });
    await receive(sku, { quantity: 3, location: 'shop-7' });
    expect(await shop.stock(sku, 'shop-7')).toMatchObject({ location: 'shop-7', onHand: 3 });
    expect(await shop.stock(sku)).toMatchObject({ location: 'main', onHand: 5 });
  });

  it('goods received by many requests at once add up', async () => {
    const { sku } = await shop.sell({ quantity: 0 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => receive(sku, { quantity: 2 })));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect((await shop.stock(sku)).onHand).toBe(40);
  });

  it.each(['main', 'shop-7'])('receiving an unknown item at %s is refused', async (location) => {
    const { status, body } = await receive('UNKNOWN', { quantity: 1, location });
    expect([status, body.type]).toEqual([404, '/problems/not-found']);
  });

  it.each([
    ['a quantity', {}, 'quantity'],
    ['at least one piece', { quantity: 0 }, 'quantity'],
    ['at most 10,000 pieces', { quantity: 10_001 }, 'quantity'],
    ['a location without a slash', { quantity: 1, location: 'a/b' }, 'location'],
  ])('receiving goods needs %s', async (_, body, path) => {
    const { sku } = await shop.sell();
    const answer = await receive(sku, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map((error) => error.path)).toEqual([path]);
  });

  it('receiving goods with a stale If-Match is refused', async () => {
    const { sku } = await shop.sell({ quantity: 5 });
    const { headers } = await warehouse.get(`/api/v1/inventory/${sku}`);
    const seen = { 'if-match': headers.get('etag') ?? '' };
    expect((await receive(sku, { quantity: 1 }, seen)).status).toBe(200);
    expect((await receive(sku, { quantity: 1 }, seen)).status).toBe(412);
    expect((await shop.stock(sku)).onHand).toBe(6);
  });

  function receive(sku: string, body: object, headers: Record<string, string> = {}) {
    return warehouse.post<Stock & Problem>(`/api/v1/inventory/${sku}/receive`, body, { headers });
  }
});

describe('the stock list', () => {
  it('the stock list has every item of a location, page by page, without gaps and repeats', async () => {
    const skus = ['A', 'B', 'C', 'D', 'E'];
    await Promise.all(skus.map((sku) => shop.sell({ sku })));
    const first = await warehouse.get<Page<Stock>>('/api/v1/inventory?limit=3');
    const rest = await warehouse.get<Page<Stock>>(`/api/v1/inventory?limit=3&continuation=${first.body.continuation}`);
    expect([first.body.items.length, rest.body.items.length]).toEqual([3, 2]);
    expect([...first.body.items, ...rest.body.items].map(({ itemId }) => itemId).sort()).toEqual(skus);
    expect(rest.body.continuation).toBeUndefined();
  });

  it('the stock list can be read for one location', async () => {
    const { sku } = await shop.sell({ quantity: 5 });
    await warehouse.post(`/api/v1/inventory/${sku}/receive`, { quantity: 2, location: 'shop-7' });
    const { body } = await warehouse.get<Page<Stock>>('/api/v1/inventory?location=shop-7');
    expect(body.items).toEqual([expect.objectContaining({ itemId: sku, location: 'shop-7', onHand: 2 })]);
    expect((await warehouse.get<Page<Stock>>('/api/v1/inventory?location=nowhere')).body).toEqual({ items: [] });
  });
});

it('the stock of an unknown item is not found', async () => {
  const { status, body } = await warehouse.get<Problem>('/api/v1/inventory/UNKNOWN');
  expect([status, body.type]).toEqual([404, '/problems/not-found']);
});

describe('the list of low stock', () => {
  const received = (sku: string, body: object) => warehouse.post(`/api/v1/inventory/${sku}/receive`, body);
  const lowAt = async (location?: string, api = warehouse) => {
    const where = location === undefined ? '' : `?location=${location}`;
    return (await api.get<Page<Stock>>(`/api/v1/low-stock${where}`)).body.items;
  };

  it('the list of low stock has the items of a location at their reorder point or below, as they are now', async () => {
    const [empty, few, many] = [
      await shop.sell({ quantity: 0 }),
      await shop.sell({ quantity: 5 }),
      await shop.sell({ quantity: 50 }),
    ];
    const skus = async (location?: string) => (await lowAt(location)).map(({ itemId }) => itemId);
    await eventually(async () => expect(await skus()).toEqual([empty.sku]));
    const reorder = (sku: string, reorderPoint: number) =>
      warehouse.put(`/api/v1/inventory/${sku}/reorder-point`, { reorderPoint });
    await reorder(few.sku, 5);
    await reorder(many.sku, 20);
    await eventually(async () => expect(await skus()).toEqual([empty.sku, few.sku].toSorted()));
    await shop.decided((await shop.order({ [many.sku]: 40 })).id);
    await eventually(async () => expect(await skus()).toEqual([empty.sku, few.sku, many.sku].toSorted()));
    expect(await lowAt()).toContainEqual(await shop.stock(many.sku));
    await received(many.sku, { quantity: 40 });
    await received(empty.sku, { quantity: 1 });
    await reorder(few.sku, 4);
    await eventually(async () => expect(await skus()).toEqual([]));

    await received(few.sku, { quantity: 3, location: 'shop-7' });
    await warehouse.put(`/api/v1/inventory/${few.sku}/reorder-point`, { reorderPoint: 3, location: 'shop-7' });
    await eventually(async () => expect(await skus('shop-7')).toEqual([few.sku]));
    expect([await skus('main'), await lowAt('main', await openShop().as('purchasing'))]).toEqual([[], []]);
  });

  it('the list of low stock is page by page, by item', async () => {
    const skus: string[] = [];
    for (let n = 0; n < 5; n += 1) skus.push((await shop.sell({ quantity: 0 })).sku);
    await eventually(async () => expect(await lowAt()).toHaveLength(5));
    const listed: string[] = [];
    let continuation = '';
    do {
      const page = await warehouse.get<Page<Stock>>(`/api/v1/low-stock?limit=2${continuation}`);
      listed.push(...page.body.items.map(({ itemId }) => itemId));
      continuation = page.body.continuation === undefined ? '' : `&continuation=${page.body.continuation}`;
    } while (continuation !== '');
    expect(listed).toEqual(skus.toSorted());
  });
});
