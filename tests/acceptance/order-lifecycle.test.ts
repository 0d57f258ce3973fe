import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, bodyOf, type CallOptions } from '../rigs/clients/api-client.ts';
import type { Order, Page, Problem, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

let shop: Shop;
let sales: ApiClient;
let logistics: ApiClient;
let sku: string;

beforeEach(async () => {
  shop = openShop();
  sales = await shop.as('sales');
  logistics = await shop.as('logistics');
  sku = (await shop.sell({ quantity: 10 })).sku;
});

describe('shipping', () => {
  it('shipping takes the reserved pieces out of the stock, once, and notifies the customer', async () => {
    const { id } = await confirmed(4);
    const shipped = await post(`/api/v1/orders/${id}/ship`);
    expect([shipped.status, shipped.body.status, shipped.body.version]).toEqual([200, 'shipped', 3]);
    const again = await post(`/api/v1/orders/${id}/ship`);
    expect([again.status, again.body]).toEqual([200, shipped.body]);
    await eventually(async () => expect(await shop.stock(sku)).toMatchObject({ onHand: 6, reserved: 0, available: 6 }));
    await eventually(async () => expect(await reservation(id)).toMatchObject({ state: 'shipped' }));
    await eventually(async () => expect(await templates()).toEqual(['order-shipped', 'order-confirmed']));
  });

  it('only logistics can ship an order, and only a confirmed one', async () => {
    const { id } = await shop.order({ [sku]: 11 });
    expect((await shop.decided(id)).status).toBe('rejected');
    const refused = await logistics.post<Problem>(`/api/v1/orders/${id}/ship`);
    expect([refused.status, refused.body.type]).toEqual([409, '/problems/illegal-transition']);
    expect((await sales.post(`/api/v1/orders/${id}/ship`)).status).toBe(403);
  });

  it('an order can neither be cancelled nor changed once it has shipped', async () => {
    const { id } = await confirmed(1);
    await post(`/api/v1/orders/${id}/ship`);
    expect((await sales.post(`/api/v1/orders/${id}/cancel`)).status).toBe(409);
    expect((await sales.patch(`/api/v1/orders/${id}`, { note: 'too late' })).status).toBe(409);
    expect((await post(`/api/v1/orders/${id}/deliver`)).body.status).toBe('delivered');
    expect((await post(`/api/v1/orders/${id}/ship`)).status).toBe(409);
  });

  it('an order cannot be delivered before it has shipped', async () => {
    const { id } = await confirmed(1);
    expect((await post(`/api/v1/orders/${id}/deliver`)).status).toBe(409);
  });
});

describe('changing an order', () => {
  it('a changed order has its new fields, keeps the others, and publishes an event', async () => {
    await using bus = await sharedStack().observe('order-events');
    const { id } = await confirmed(1);
    const noted = bodyOf(await sales.patch<Order>(`/api/v1/orders/${id}`, { note: 'ring twice' }), 200);
    const addressed = bodyOf(
      await sales.patch<Order>(`/api/v1/orders/${id}`, { deliveryAddress: 'Main Street 1' }),
      200,
    );
    expect(addressed).toEqual({ ...noted, deliveryAddress: 'Main Street 1', version: 4 });
    expect(await shop.orderNow(id)).toEqual(addressed);
    await eventually(() => {
      const told = bus.events().filter(({ envelope }) => envelope.subject === `order/${id}`);
      expect(told.map(({ envelope }) => envelope.type).slice(2)).toEqual(['order.updated', 'order.updated']);
    });
  });

  it('null clears the delivery address or the note of an order, and keeps the other', async () => {
    const { id } = await confirmed(1);
    const change = (wish: object) => sales.patch<Order & Details>(`/api/v1/orders/${id}`, wish);
    const written = bodyOf(await change({ note: 'ring twice', deliveryAddress: 'Main Street 1' }), 200);
    const { deliveryAddress: _, ...rest } = written;
    const cleared = bodyOf(await change({ deliveryAddress: null }), 200);
    expect(cleared).toEqual({ ...rest, version: written.version + 1 });
    expect(bodyOf(await change({ deliveryAddress: null }), 200)).toEqual(cleared);
    expect(bodyOf(await change({ deliveryAddress: 'Main Street 2', note: null }), 200)).toMatchObject({
      deliveryAddress: 'Main Street 2',
    });
    expect(await shop.orderNow(id)).not.toHaveProperty('note');
  });

  it('whatever is sent again with the If-Match of the first, after its answer was lost, is answered as the first was', async () => {
    const { id } = await confirmed(1);
    const path = `/api/v1/orders/${id}`;
    const requests = [
      (options: CallOptions) => sales.patch<Order>(path, { note: 'ring twice' }, options),
      (options: CallOptions) => logistics.post<Order>(`${path}/ship`, undefined, options),
      (options: CallOptions) => logistics.post<Order>(`${path}/deliver`, undefined, options),
    ];
    for (const send of requests) {
      const { version } = await shop.orderNow(id);
      const asRead = { headers: { 'if-match': `"${version}"` } };
      const first = await send(asRead);
      const again = await send(asRead);
      expect([first.status, first.body.version]).toEqual([200, version + 1]);
      expect([again.status, again.body]).toEqual([200, first.body]);
    }
  });

  it('an order changed with a stale If-Match is refused', async () => {
    const { id } = await confirmed(1);
    const headers = { 'if-match': '"1"' };
    const stale = await sales.patch<Problem>(`/api/v1/orders/${id}`, { note: 'stale' }, { headers });
    expect([stale.status, stale.body.type]).toEqual([412, '/problems/precondition-failed']);
    expect(await shop.orderNow(id)).not.toHaveProperty('note');
  });

  it.each([
    {},
    { note: 7 },
    { status: 'shipped' },
  ])('an order cannot be changed with the invalid body %j', async (body) => {
    const { id } = await shop.order({ [sku]: 1 });
    expect((await sales.patch(`/api/v1/orders/${id}`, body)).status).toBe(422);
  });

  it('a customer can change their own order, but not the order of another', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    const { id } = await shop.order({ [sku]: 1 }, { customerId: 'bob' });
    expect((await ann.patch(`/api/v1/orders/${id}`, { note: 'mine?' })).status).toBe(404);
    const own = bodyOf(await ann.post<Order>('/api/v1/orders', { items: [{ itemId: sku, quantity: 1 }] }), 201);
    expect((await ann.patch(`/api/v1/orders/${own.id}`, { note: 'mine' })).status).toBe(200);
  });
});

describe("a customer's orders", () => {
  it('the orders of a customer are listed newest first, for the customer and for sellers', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    const first = await shop.order({ [sku]: 1 }, { customerId: ann.userId });
    await shop.order({ [sku]: 1 }, { customerId: 'bob' });
    const second = await shop.order({ [sku]: 1 }, { customerId: ann.userId });
    for (const reader of [ann, sales]) {
      await eventually(async () => {
        const { items } = bodyOf(await reader.get<Page<Order>>(`/api/v1/customers/${ann.userId}/orders`), 200);
        expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
      });
    }
    expect((await ann.get('/api/v1/customers/bob/orders')).status).toBe(403);
  });
});

async function confirmed(quantity: number): Promise<Order> {
  const order = await shop.decided((await shop.order({ [sku]: quantity })).id);
  expect(order.status).toBe('confirmed');
  return order;
}

function post(path: string) {
  return logistics.post<Order>(path);
}

async function reservation(orderId: string) {
  return bodyOf(await sales.get(`/api/v1/reservations/${orderId}`), 200);
}

/** What was told of orders, the newest first. */
async function templates(): Promise<readonly string[]> {
  const notifications = await shop.all<{ readonly template: string }>('/api/v1/notifications');
  return notifications.map(({ template }) => template).filter((template) => template.startsWith('order-'));
}

interface Details {
  readonly deliveryAddress?: string;
  readonly note?: string;
}
