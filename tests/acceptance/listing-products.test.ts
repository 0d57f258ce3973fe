import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { Page, Problem, Product, Shop } from '../rigs/clients/shop.ts';
import { openShop } from './open-shop.ts';

/** In the order in which they are added. Prices and categories repeat; SKUs tell them apart. */
const goods = [
  { sku: 'S1', name: 'Desk lamp', category: 'Light', price: 20 },
  { sku: 'S2', name: 'floor LAMP', category: 'Light', price: 99.99 },
  { sku: 'S3', name: 'Chair', category: 'Seats', price: 20 },
  { sku: 'S4', name: 'chair with Lamp', category: 'Seats', price: 250 },
  { sku: 'S5', name: 'Ärmchair', category: 'Seats', price: 0 },
  { sku: 'S6', name: '100% wool_rug', category: '', price: 99.99 },
  { sku: 'S7', name: 'Bulb', category: 'Light', price: 5.5 },
  { sku: 'S8', name: 'Old lamp', category: 'Light', price: 20 },
] as const;
const archived = new Set(['S8']);

let shop: Shop;
let manager: ApiClient;

beforeAll(async () => {
  shop = openShop();
  manager = await shop.as('manager');
  for (const wish of goods) {
    const { id } = bodyOf(await manager.post<Product>('/api/v1/products', wish), 201);
    if (archived.has(wish.sku)) bodyOf(await manager.delete(`/api/v1/products/${id}`), 200);
  }
});

type Query = Readonly<Record<string, string | undefined>>;

/** The SKUs of a list, put together from its pages. */
async function listed(query: Query, limit = 100): Promise<readonly string[]> {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const skus: string[] = [];
  let continuation: string | undefined;
  do {
    const page = new URLSearchParams([...given, ['limit', String(limit)]]);
    if (continuation !== undefined) page.set('continuation', continuation);
    const { items, continuation: next } = bodyOf(await manager.get<Page<Product>>(`/api/v1/products?${page}`), 200);
    skus.push(...items.map(({ sku }) => sku));
    continuation = next;
  } while (continuation !== undefined);
  return skus;
}

describe('the list of products', () => {
  it.each<[Query, readonly string[]]>([
    [{}, ['S6', 'S7', 'S3', 'S4', 'S1', 'S2', 'S5']],
    [{ status: 'archived' }, ['S8']],
    [{ sort: 'name', order: 'desc' }, ['S5', 'S2', 'S1', 'S4', 'S3', 'S7', 'S6']],
    [{ sort: 'newest' }, ['S7', 'S6', 'S5', 'S4', 'S3', 'S2', 'S1']],
    [{ sort: 'newest', order: 'asc' }, ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7']],
    [{ category: 'Light', sort: 'price' }, ['S7', 'S1', 'S2']],
    [{ category: 'light' }, []],
    [{ category: '' }, ['S6']],
    [{ search: 'lamp' }, ['S4', 'S1', 'S2']],
    [{ search: 'LAMP', status: 'all' }, ['S4', 'S1', 'S2', 'S8']],
    [{ search: 'ärm' }, ['S5']],
    [{ search: '%' }, ['S6']],
    [{ search: '_' }, ['S6']],
    [{ minPrice: '20', maxPrice: '99.99', sort: 'newest' }, ['S6', 'S3', 'S2', 'S1']],
    [{ maxPrice: '0' }, ['S5']],
    [{ search: '', minPrice: '', maxPrice: '0' }, ['S5']],
    [{ minPrice: '99.99', sort: 'price', order: 'desc', category: 'Seats' }, ['S4']],
  ])('products are listed by %j', async (query, skus) => {
    expect(await listed(query)).toEqual(skus);
  });

  it('products are listed by every combination of filters and orders, page by page', async () => {
    const filters: readonly Query[] = [undefined, 'Light'].flatMap((category) =>
      [undefined, 'a'].flatMap((search) =>
        [undefined, 'all'].flatMap((status) =>
          [{}, { minPrice: '5.5', maxPrice: '99.99' }].map((range) => ({ category, search, status, ...range })),
        ),
      ),
    );
    const orders: readonly Query[] = ['name', 'price', 'newest'].flatMap((sort) =>
      ['asc', 'desc'].map((order) => ({ sort, order })),
    );
    for (const filter of filters) {
      for (const order of orders) {
        const skus = await listed({ ...filter, ...order }, 2);
        expect([filter, order, [...skus].sort()]).toEqual([filter, order, matching(filter)]);
        expect([filter, order, sortedAs(skus, order)]).toEqual([filter, order, true]);
      }
    }
  });

  it.each([
    ['status=sold', 'status'],
    ['sort=sku', 'sort'],
    ['order=up', 'order'],
    ['minPrice=cheap', 'minPrice'],
    ['maxPrice=-1', 'maxPrice'],
    ['maxPrice=1.234', 'maxPrice'],
    ['minPrice=3&maxPrice=2', 'minPrice'],
    ['limit=0x2', 'limit'],
    ['search=a&search=b', 'search'],
    ['__proto__=1', '__proto__'],
    ['name=Lamp', 'name'],
  ])('a list of products by %s is refused', async (query, path) => {
    const { status, body } = await manager.get<Problem>(`/api/v1/products?${query}`);
    expect([status, body.type]).toEqual([422, '/problems/invalid-query']);
    expect(body.errors?.map((error) => error.path)).toEqual([path]);
  });
});

describe('injection through the list of products', () => {
  const attempts = [
    "' OR '1'='1",
    "') OR (1=1) --",
    '@kind',
    'c.name',
    '"} , "status": {"atLeast": ""}',
    '[object Object]',
    '__proto__',
    '{{7*7}}',
    '\u0000',
    '{"containing":""}',
  ];

  it.each(['category', 'search'])('an injection as %s matches no product', async (field) => {
    for (const attempt of attempts) expect([attempt, await listed({ [field]: attempt })]).toEqual([attempt, []]);
  });

  it.each([
    'status',
    'sort',
    'order',
    'minPrice',
    'maxPrice',
    'limit',
    'category[atLeast]',
    'where',
    'kind',
  ])('an injection as %s is refused', async (field) => {
    for (const attempt of attempts) {
      const { status, body } = await manager.get<Problem>(
        `/api/v1/products?${new URLSearchParams([[field, attempt]])}`,
      );
      expect([attempt, status, body.type]).toEqual([attempt, 422, '/problems/invalid-query']);
    }
  });

  it('a forged continuation is refused or lists only products of the list', async () => {
    const { body } = await manager.get<Page<Product>>('/api/v1/products?limit=1');
    const position = JSON.parse(Buffer.from(body.continuation ?? '', 'base64url').toString());
    const all = await listed({});
    for (const attempt of [...attempts, 1, null, {}, [], true, { containing: '' }]) {
      for (const field of Object.keys(position)) {
        const forged = Buffer.from(JSON.stringify({ ...position, [field]: attempt })).toString('base64url');
        const answer = await manager.get<Page<Product> & Problem>(`/api/v1/products?continuation=${forged}`);
        if (answer.status === 200) for (const { sku } of answer.body.items) expect(all).toContain(sku);
        else expect([answer.status, answer.body.type]).toEqual([422, '/problems/invalid-continuation']);
      }
      const noPosition = encodeURIComponent(String(attempt));
      const refused = await manager.get<Problem>(`/api/v1/products?continuation=${noPosition}`);
      expect([refused.status, refused.body.type]).toEqual([422, '/problems/invalid-continuation']);
    }
  });

  it('a continuation is refused with another sort order', async () => {
    const { body } = await manager.get<Page<Product>>('/api/v1/products?limit=1&sort=price');
    for (const other of ['sort=name', 'sort=newest', 'sort=price&order=desc']) {
      const path = `/api/v1/products?${other}&continuation=${body.continuation}`;
      expect((await manager.get<Problem>(path)).body.type).toBe('/problems/invalid-continuation');
    }
  });
});

/** The SKUs that a filter takes, sorted. */
function matching({ category, search, status, minPrice, maxPrice }: Query): readonly string[] {
  return goods
    .filter(({ sku }) => status === 'all' || !archived.has(sku))
    .filter((product) => category === undefined || product.category === category)
    .filter(({ name }) => search === undefined || name.toLowerCase().includes(search))
    .filter(({ price }) => price >= Number(minPrice ?? 0) && price <= Number(maxPrice ?? Infinity))
    .map(({ sku }) => sku)
    .sort();
}

function sortedAs(skus: readonly string[], { sort, order }: Query): boolean {
  const keys = skus.map((sku) => {
    const place = goods.findIndex((product) => product.sku === sku);
    const { name, price } = goods[place] ?? goods[0];
    return sort === 'name' ? name.toLowerCase() : sort === 'price' ? price : place;
  });
  const inOrder = (one: string | number | undefined, next: string | number) =>
    one === undefined || (order === 'asc' ? one <= next : one >= next);
  return keys.every((key, n) => inOrder(keys[n - 1], key));
}
