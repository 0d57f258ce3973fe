import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../rigs/clients/api-client.ts';
import type { Order, Page, Problem, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop } from './open-shop.ts';

let shop: Shop;
let sales: ApiClient;
let sku: string;

beforeEach(async () => {
  shop = openShop();
  sales = await shop.as('sales');
  sku = (await shop.sell({ quantity: 1_000 })).sku;
});

describe('an order read by its id', () => {
  it('a new order can be read at once by its id, with its ETag', async () => {
    const order = await shop.order({ [sku]: 1 });
    const { status, body, headers } = await sales.get<Order>(`/api/v1/orders/${order.id}`);
    expect([status, body.id]).toEqual([200, order.id]);
    expect(headers.get('etag')).toBe(`"${body.version}"`);
  });

  it('an order has another ETag after a change', async () => {
    const order = await shop.order({ [sku]: 1 });
    await shop.decided(order.id);
    const { headers } = await sales.get(`/api/v1/orders/${order.id}`);
    expect(headers.get('etag')).toBe('"2"');
  });

  it.each([
    '01890000-0000-7000-8000-000000000000',
    'no-id-at-all',
  ])('an order with the unknown id %s is not found', async (id) => {
    const { status, body } = await sales.get<Problem>(`/api/v1/orders/${id}`);
    expect([status, body.type]).toEqual([404, '/problems/not-found']);
  });
});

describe('the list of orders', () => {
  it('the list of orders is newest first, page by page, without gaps and repeats', async () => {
    const placed: string[] = [];
    for (let n = 0; n < 7; n += 1) placed.push((await shop.order({ [sku]: 1 })).id);
    await eventually(async () => expect(await shop.all('/api/v1/orders')).toHaveLength(7));
    expect(await pagesOf(sales, 3)).toEqual(chunked(placed.toReversed(), 3));
  });

  it('the list of orders keeps its place while new orders come in', async () => {
    const old = [(await shop.order({ [sku]: 1 })).id, (await shop.order({ [sku]: 1 })).id];
    await eventually(async () => expect(await shop.all('/api/v1/orders')).toHaveLength(2));
    const { body: first } = await sales.get<Page<Order>>('/api/v1/orders?limit=1');
    await shop.order({ [sku]: 1 });
    await eventually(async () => expect(await shop.all('/api/v1/orders')).toHaveLength(3));
    const { body: second } = await sales.get<Page<Order>>(`/api/v1/orders?limit=1&continuation=${first.continuation}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(old.toReversed());
  });

  it('the list of orders shows the current state of each order', async () => {
    const { id } = await shop.order({ [sku]: 1 });
    const decided = await shop.decided(id);
    await eventually(async () => expect(await shop.all('/api/v1/orders')).toEqual([decided]));
  });
});

describe('the list of orders of a time', () => {
  it('the list of orders of a time has those placed from its beginning on and before its end, or its last day included', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    const placed: Order[] = [];
    for (let n = 0; n < 3; n += 1) placed.push(await shop.order({ [sku]: 1 }, { customerId: ann.userId }));
    const [first, second, third] = placed.map(({ placedAt }) => placedAt);
    const [oldest, middle, newest] = placed.map(({ id }) => id);
    const days = `from=${first?.slice(0, 10)}&to=${third?.slice(0, 10)}`;
    const lists = ['orders', `customers/${ann.userId}/orders`];
    await eventually(async () => {
      for (const list of lists) expect((await pagesOf(ann, 50, `/${list}`)).flat()).toHaveLength(3);
      expect((await pagesOf(sales, 50)).flat()).toHaveLength(3);
    });
    for (const [api, list] of [
      [sales, 'orders'],
      [ann, lists[0]],
      [ann, lists[1]],
    ] as const) {
      const during = (query: string) => pagesOf(api, 1, `/${list}`, query).then((pages) => pages.flat());
      expect(await during(days)).toEqual([newest, middle, oldest]);
      expect(await during(`from=${second}`)).toEqual([newest, middle]);
      expect(await during(`to=${second}`)).toEqual([oldest]);
      expect(await during(`from=${first}&to=${third}`)).toEqual([middle, oldest]);
      expect(await during('to=2026-01-01')).toEqual([]);
      expect(await during('from=2999-01-01T00:00:00%2B02:00')).toEqual([]);
    }
  });

  it.each([
    'from=2026-11-23&to=2026-11-22',
    'from=yesterday',
    'to=2026-02-30',
    'from=2026-11-22&from=2026-11-23',
  ])('a list of orders with %s is refused', async (query) => {
    for (const list of ['orders', 'customers/ann/orders']) {
      const { status, body } = await sales.get<Problem>(`/api/v1/${list}?${query}`);
      expect([status, body.type]).toEqual([422, '/problems/invalid-query']);
    }
  });
});

describe('the list of orders of a status', () => {
  it('the list of orders of a status and a time has just these, whoever asks, page by page', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    const [scarce, others] = [await shop.sell({ quantity: 5 }), await shop.as('customer', { sub: 'bob' })];
    const place = (quantity: number, customerId = ann.userId) => shop.order({ [scarce.sku]: quantity }, { customerId });
    const ids: string[] = [];
    for (const quantity of [1, 9, 1, 1]) ids.push((await place(quantity)).id);
    ids.push((await place(9, others.userId)).id, (await place(1, others.userId)).id);
    for (const id of ids) await shop.decided(id);
    await ann.post(`/api/v1/orders/${ids[2]}/cancel`);
    await (await shop.as('logistics')).post(`/api/v1/orders/${ids[3]}/ship`);
    const all = await Promise.all(ids.map(async (id) => (await sales.get<Order>(`/api/v1/orders/${id}`)).body));
    expect(all.map(({ status }) => status)).toEqual([
      'confirmed',
      'rejected',
      'cancelled',
      'shipped',
      'rejected',
      'confirmed',
    ]);
    const [from = '', to = ''] = [all[1]?.placedAt, all[4]?.placedAt];
    const readers = [
      { api: sales, list: '/orders', sees: all },
      { api: ann, list: '/orders', sees: all.slice(0, 4) },
      { api: sales, list: `/customers/${ann.userId}/orders`, sees: all.slice(0, 4) },
    ];
    for (const { api, list, sees } of readers)
      for (const status of ['', 'confirmed', 'rejected', 'cancelled', 'shipped', 'delivered'])
        for (const [since, before] of [
          ['', ''],
          [from, ''],
          ['', to],
          [from, to],
        ] as const) {
          const filter = Object.entries({ status, from: since, to: before }).filter(([, value]) => value !== '');
          const wanted = sees.filter(
            (order) =>
              (status === '' || order.status === status) &&
              order.placedAt >= since &&
              (before === '' || order.placedAt < before),
          );
          await eventually(async () => {
            const pages = await pagesOf(api, 1, list, new URLSearchParams(filter).toString());
            expect(pages.flat()).toEqual(wanted.map(({ id }) => id).toReversed());
          });
        }
    expect((await others.get(`/api/v1/customers/${ann.userId}/orders?status=confirmed`)).status).toBe(403);
  });

  it('the list of orders of a status neither repeats nor omits an order while others come and change', async () => {
    const old: string[] = [];
    for (let n = 0; n < 4; n += 1) old.push((await shop.order({ [sku]: 1 })).id);
    for (const id of old) await shop.decided(id);
    const confirmed = '/api/v1/orders?status=confirmed&limit=2';
    await eventually(async () =>
      expect((await pagesOf(sales, 50, '/orders', 'status=confirmed')).flat()).toHaveLength(4),
    );
    const { body: first } = await sales.get<Page<Order>>(confirmed);
    const newer = await shop.order({ [sku]: 1 });
    await shop.decided(newer.id);
    await (await shop.as('logistics')).post(`/api/v1/orders/${old[1]}/ship`);
    await eventually(async () => {
      expect((await pagesOf(sales, 50, '/orders', 'status=shipped')).flat()).toEqual([old[1]]);
      expect((await pagesOf(sales, 50, '/orders', 'status=confirmed')).flat()).toHaveLength(4);
    });
    const { body: second } = await sales.get<Page<Order>>(`${confirmed}&continuation=${first.continuation}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([old[3], old[2], old[0]]);
    expect(second.continuation).toBeUndefined();
  });

  it('a list of orders of an unknown status is refused', async () => {
    for (const list of ['orders', 'customers/ann/orders']) {
      const { status, body } = await sales.get<Problem>(`/api/v1/${list}?status=lost`);
      expect([status, body.type, body.errors?.[0]?.path]).toEqual([422, '/problems/invalid-query', 'status']);
    }
  });
});

describe('a customer', () => {
  it('a customer orders for themselves, with or without naming themselves', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    const items = [{ itemId: sku, quantity: 1 }];
    expect((await ann.post<Order>('/api/v1/orders', { items })).body.customerId).toBe(ann.userId);
    expect((await ann.post<Order>('/api/v1/orders', { items, customerId: ann.userId })).status).toBe(201);
    expect((await ann.post<Order>('/api/v1/orders', { items, customerId: 'bob' })).status).toBe(403);
  });

  it('a customer sees only their own orders', async () => {
    const [ann, bob] = [await shop.as('customer', { sub: 'ann' }), await shop.as('customer', { sub: 'bob' })];
    const anns = await shop.order({ [sku]: 1 }, { customerId: ann.userId });
    const bobs = await shop.order({ [sku]: 1 }, { customerId: bob.userId });
    await eventually(async () => expect(await shop.all('/api/v1/orders')).toHaveLength(2));
    await eventually(async () => expect((await pagesOf(ann, 50)).flat()).toEqual([anns.id]));
    expect((await ann.get(`/api/v1/orders/${anns.id}`)).status).toBe(200);
    expect((await ann.get(`/api/v1/orders/${bobs.id}`)).status).toBe(404);
    expect((await bob.get(`/api/v1/orders/${anns.id}`)).status).toBe(404);
  });

  it('a customer lists their orders newest first, page by page', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    const placed: string[] = [];
    for (let n = 0; n < 5; n += 1) placed.push((await shop.order({ [sku]: 1 }, { customerId: ann.userId })).id);
    await eventually(async () => expect((await pagesOf(ann, 50)).flat()).toHaveLength(5));
    expect(await pagesOf(ann, 2)).toEqual(chunked(placed.toReversed(), 2));
  });

  it('a customer cannot cancel the order of another', async () => {
    const bobs = await shop.order({ [sku]: 1 }, { customerId: 'bob' });
    const ann = await shop.as('customer', { sub: 'ann' });
    expect((await ann.post(`/api/v1/orders/${bobs.id}/cancel`)).status).toBe(404);
    expect((await shop.decided(bobs.id)).status).toBe('confirmed');
  });
});

/** The ids of a list, page by page. */
async function pagesOf(
  api: ApiClient,
  limit: number,
  list = '/orders',
  filter = '',
): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  let query = '';
  do {
    const { body } = await api.get<Page<Order>>(`/api/v1${list}?limit=${limit}&${filter}${query}`);
    pages.push(body.items.map(({ id }) => id));
    query = body.continuation === undefined ? '' : `&continuation=${body.continuation}`;
  } while (query !== '');
  return pages;
}

function chunked(ids: readonly string[], size: number): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, n) => ids.slice(n * size, (n + 1) * size));
}
