import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tokens, User } from '../rigs/clients/accounts.ts';
import { ApiClient } from '../rigs/clients/api-client.ts';
import type { Order, Page, Product, Stock } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { sharedStack } from './open-shop.ts';
import { commandsIn, missing, typed } from './terminal.ts';

const john = {
  email: 'admin@example.com',
  password: 'Admin123',
  first_name: 'John',
  last_name: 'song',
  phone: '555-123-4567',
};
const { password: _, ...details } = john;
const user = {
  ...details,
  id: expect.any(String),
  roles: ['admin'],
  is_active: true,
  created_at: expect.any(String),
  addresses: [],
};

/** What a shop comes to on a day. */
interface Day {
  readonly sales: { readonly count: number };
  readonly refunds: { readonly count: number };
  readonly sessions: readonly { readonly counted?: object; readonly difference?: { readonly cash: number } }[];
}

/** As DOMAIN has it, word for word, on the demo goods: the only test in the tenant `main`. */
describe('the walkthrough works as written', () => {
  const { url } = sharedStack();
  let api: ApiClient;
  let token: string;
  beforeAll(async () => {
    const { status, body } = await new ApiClient(url).post<User>('/api/v1/auth/register', john);
    expect([status, body]).toEqual([201, user]);
    const login = await fetch(new URL('/api/v1/auth/login', url), {
      method: 'POST',
      body: new URLSearchParams('username=admin@example.com&password=Admin123'),
    });
    // What the answer holds is checked in the next line.
    const tokens = (await login.json()) as Tokens;
    expect([login.status, tokens]).toMatchObject([200, { token_type: 'bearer', expires_in: 900 }]);
    token = tokens.access_token;
    api = new ApiClient(url, token);
  });

  it('a user who has logged in can read their own account', async () => {
    expect((await api.get('/api/v1/users/me')).body).toEqual(user);
    const weak = { ...john, email: 'jane@example.com', password: 'admin' };
    expect((await new ApiClient(url).post('/api/v1/auth/register', weak)).status).toBe(422);
  });

  it('a new product has its stock within moments, and its events are on the bus', async () => {
    const { status, body } = await api.post<Product>('/api/v1/products/', {
      name: 'Premium Smartphone',
      description: 'The latest',
      category: 'Electronics',
      price: 899.99,
      quantity: 50,
    });
    expect(status).toBe(201);
    await eventually(async () =>
      expect(await stockOf(body.id)).toMatchObject({ onHand: 50, reserved: 0, available: 50 }),
    );
    const { body: products } = await api.get<Page<Product>>('/api/v1/products/');
    expect(products.items).toContainEqual(expect.objectContaining({ id: body.id, sku: body.id, price: 899.99 }));
    await using bus = await sharedStack().observe('inventory-events');
    await eventually(() => {
      const updates = bus.events('inventory.stock.updated').map(({ envelope }) => envelope.data);
      expect(updates).toContainEqual(expect.objectContaining({ itemId: body.id, onHand: 50 }));
    });
  });

  it('a day at the till answers what the README shows, from the opening to the counting', async () => {
    const readme = readFileSync(path.resolve(import.meta.dirname, '../../README.md'), 'utf8');
    const day = readme.slice(readme.indexOf('A shop sells, too.'), readme.indexOf('A sale is never refused'));
    const steps = commandsIn(day.replaceAll('http://127.0.0.1:7071', url));
    // The stock follows a moment later, which is longer than a shell takes to the last command.
    const [stock, ...rest] = steps.toReversed();
    const answers = await typed(
      rest.toReversed().map(({ command }) => command),
      { TOKEN: token },
    );
    for (const [index, { pieces }] of rest.toReversed().entries()) expect(missing(pieces, answers[index])).toEqual([]);
    const setUp = steps[0]?.command ?? '';
    await eventually(async () => {
      const [, answer] = await typed([setUp, stock?.command ?? ''], { TOKEN: token });
      expect(missing(stock?.pieces ?? [], answer)).toEqual([]);
    });
  });

  it('the shop of the demo has traded for a week until yesterday, and its tills were counted', async () => {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await eventually(async () => {
      const { body } = await api.get<Day>(`/api/v1/shops/corner/daily-totals?day=${yesterday}`);
      expect(body.sessions.map(({ counted }) => counted !== undefined)).toEqual([true, true]);
      expect(body.sales.count).toBeGreaterThan(5);
      expect(body.refunds.count).toBe(1);
      for (const { difference } of body.sessions) expect([0, -0.05]).toContain(difference?.cash);
    }, 30_000);
    const lamps = await api.get<Stock>('/api/v1/inventory/ITEM-001?location=corner');
    expect(lamps.body.onHand).toBeLessThan(500);
  });

  it('who prefers to wait is answered once the order is confirmed', async () => {
    const lamp = { customerId: 'CUST-123', items: [{ itemId: 'ITEM-001', quantity: 1 }] };
    const { status, body, headers } = await api.post<Order>('/api/v1/orders', lamp, { headers: { prefer: 'wait=10' } });
    expect([status, body.status, headers.get('preference-applied')]).toEqual([201, 'confirmed', 'wait=10']);
    expect(headers.get('etag')).toBe(`"${body.version}"`);
  });

  it('an order that can be filled is confirmed, and its stock is reserved', async () => {
    const [lamps, chairs] = [await stockOf('ITEM-001'), await stockOf('ITEM-002')];
    const { status, body } = await api.post<Order>('/api/v1/orders', {
      customerId: 'CUST-123',
      items: [
        { itemId: 'ITEM-001', quantity: 2 },
        { itemId: 'ITEM-002', quantity: 5 },
      ],
      totalAmount: 2500,
    });
    expect([status, body.status]).toEqual([201, 'pending']);
    await becomes(body.id, { status: 'confirmed' });
    expect((await stockOf('ITEM-001'))?.reserved).toBe((lamps?.reserved ?? 0) + 2);
    expect((await stockOf('ITEM-002'))?.reserved).toBe((chairs?.reserved ?? 0) + 5);
    await expectNotice(body.id, 'CUST-123', 'order-confirmed');
  });

  it('an order that cannot be filled is rejected with the item as reason, and nothing stays reserved', async () => {
    const lamps = await stockOf('ITEM-001');
    const { status, body } = await api.post<Order>('/api/v1/orders', {
      customerId: 'CUST-456',
      items: [{ itemId: 'ITEM-001', quantity: 100 }],
      totalAmount: 5000,
    });
    expect([status, body.status]).toEqual([201, 'pending']);
    const rejection = /^insufficient-stock: .*ITEM-001/;
    await becomes(body.id, { status: 'rejected', reason: expect.stringMatching(rejection) });
    expect(await stockOf('ITEM-001')).toEqual(lamps);
    await expectNotice(body.id, 'CUST-456', 'order-rejected');
  });

  async function stockOf(itemId: string): Promise<Stock | undefined> {
    const { body } = await api.get<Page<Stock>>('/api/v1/inventory');
    return body.items.find((stock) => stock.itemId === itemId);
  }

  function becomes(id: string, expected: object): Promise<void> {
    return eventually(async () => expect((await api.get(`/api/v1/orders/${id}`)).body).toMatchObject(expected));
  }

  function expectNotice(orderId: string, recipientId: string, template: string): Promise<void> {
    return eventually(async () => {
      const { body } = await api.get<Page<unknown>>('/api/v1/notifications');
      expect(body.items).toContainEqual(expect.objectContaining({ about: `order/${orderId}`, recipientId, template }));
    });
  }
});
