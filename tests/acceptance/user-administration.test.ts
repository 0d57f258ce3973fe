import { describe, expect, it } from 'vitest';
import type { User } from '../rigs/clients/accounts.ts';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { Order, Page, Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { identityBench } from './identity-bench.ts';
import { openShop, sharedStack } from './open-shop.ts';

const users = '/api/v1/users';

describe('an admin', () => {
  it('only an admin can list and read users', async () => {
    const bench = identityBench();
    const admin = await bench.admin();
    const { user, api } = await bench.somebody();
    await eventually(async () => {
      const { items } = bodyOf(await admin.get<Page<User>>(users), 200);
      expect(items).toEqual([user, expect.objectContaining({ email: 'admin@example.com', roles: ['admin'] })]);
    });
    expect(bodyOf(await admin.get<User>(`${users}/${user.id}`), 200)).toEqual(user);
    expect((await admin.get(`${users}/01890000-0000-7000-8000-000000000000`)).status).toBe(404);
    for (const path of [users, `${users}/${user.id}`]) expect((await api.get(path)).status).toBe(403);
  });

  it('an admin can assign roles, which are in the next tokens', async () => {
    const bench = identityBench();
    const admin = await bench.admin();
    const { user, tokens, api } = await bench.somebody();
    const changed = bodyOf(await admin.put<User>(`${users}/${user.id}/roles`, { roles: ['manager'] }), 200);
    expect(changed).toEqual({ ...user, roles: ['manager'] });
    const product = { name: 'Lamp', price: 1 };
    expect((await api.post('/api/v1/products', product)).status).toBe(401);
    const next = bench.client(bodyOf(await bench.refresh(tokens.refresh_token), 200));
    expect((await next.post('/api/v1/products', product)).status).toBe(201);
    for (const roles of [[], ['king'], ['sales', 'sales']])
      expect((await admin.put(`${users}/${user.id}/roles`, { roles })).status).toBe(422);
  });

  it('a deactivated user can neither log in, nor refresh, nor change their account', async () => {
    const bench = identityBench();
    const admin = await bench.admin();
    const { user, tokens, api } = await bench.somebody();
    for (const _ of ['once', 'and again'])
      expect((await admin.post(`${users}/${user.id}/deactivate`)).body).toEqual({ ...user, is_active: false });
    const login = await bench.logIn<Problem>('ann@example.com');
    expect([login.status, login.body.type]).toEqual([403, '/problems/deactivated']);
    expect((await bench.logIn('ann@example.com', 'Wrong123')).status).toBe(401);
    expect((await bench.refresh(tokens.refresh_token)).status).toBe(401);
    expect((await api.patch(`${users}/me`, { phone: '1' })).status).toBe(401);
  });

  it('whoever logs in while they are being deactivated is left without a session', async () => {
    const bench = identityBench();
    const admin = await bench.admin();
    const left = ['ann', 'bob', 'cem', 'dan', 'eve', 'fay'].map(async (name) => {
      const { id } = bodyOf(await bench.register(`${name}@example.com`), 201);
      const loggingIn = bench.logIn(`${name}@example.com`);
      bodyOf(await admin.post(`${users}/${id}/deactivate`), 200);
      expect([200, 403]).toContain((await loggingIn).status);
      return bodyOf(await admin.get<Page<unknown>>(`${users}/${id}/sessions`), 200).items;
    });
    expect((await Promise.all(left)).flat()).toEqual([]);
  });

  it('a user who was deactivated can be activated again, and logs in anew with the roles that they were given', async () => {
    const bench = identityBench();
    const admin = await bench.admin();
    const { user, tokens, api } = await bench.somebody();
    bodyOf(await admin.post(`${users}/${user.id}/deactivate`), 200);
    const changed = bodyOf(await admin.put<User>(`${users}/${user.id}/roles`, { roles: ['sales'] }), 200);
    expect(changed).toEqual({ ...user, roles: ['sales'], is_active: false });
    for (const _ of ['once', 'and again'])
      expect((await admin.post(`${users}/${user.id}/activate`)).body).toEqual({ ...user, roles: ['sales'] });
    expect((await bench.refresh(tokens.refresh_token)).status).toBe(401);
    expect((await api.get('/api/v1/products')).status).toBe(401);
    const anew = bench.client(bodyOf(await bench.logIn('ann@example.com'), 200));
    expect((await anew.get('/api/v1/orders')).status).toBe(200);
    expect((await admin.post(`${users}/01890000-0000-7000-8000-000000000000/activate`)).status).toBe(404);
    expect((await anew.post(`${users}/${user.id}/activate`)).status).toBe(403);
  });

  it('an admin cannot change the roles of, deactivate or delete themselves', async () => {
    const admin = await identityBench().admin();
    const own = `${users}/${admin.userId}`;
    const answers = [
      await admin.put<Problem>(`${own}/roles`, { roles: ['customer'] }),
      await admin.post<Problem>(`${own}/deactivate`),
      await admin.delete<Problem>(own),
    ];
    for (const { status, body } of answers) expect([status, body.type]).toEqual([409, '/problems/own-account']);
  });
});

it('security hears who was refused a route for admins, once however often they try', async () => {
  await using bus = await sharedStack().observe('platform-events');
  const shop = openShop();
  const clerk = await shop.as('sales');
  for (let times = 0; times < 5; times += 1) expect((await clerk.get(users)).status).toBe(403);
  await eventually(() => {
    const told = bus.events('security.event').map(({ envelope }) => envelope.data);
    expect(told.filter((data) => JSON.stringify(data).includes(clerk.userId))).toContainEqual({
      subject: expect.stringMatching(/^refusal\//),
      kind: 'admin-route-refused',
      at: expect.any(String),
      by: clerk.userId,
      capability: 'list-users',
    });
  });
  const told = bus.events('security.event').filter(({ envelope }) => JSON.stringify(envelope).includes('"list-users"'));
  const byClerk = told.filter(({ envelope }) => JSON.stringify(envelope.data).includes(`"by":"${clerk.userId}"`));
  expect(byClerk).toHaveLength(1);
});

describe('deleting a user', () => {
  it('deleting a user frees the address, and ends the sessions', async () => {
    const bench = identityBench();
    const admin = await bench.admin();
    const { user, tokens, api } = await bench.somebody();
    for (const _ of ['once', 'and again']) expect((await admin.delete(`${users}/${user.id}`)).status).toBe(204);
    expect((await admin.get(`${users}/${user.id}`)).status).toBe(404);
    expect((await api.get(`${users}/me`)).status).toBe(401);
    expect((await bench.refresh(tokens.refresh_token)).status).toBe(401);
    expect((await bench.logIn('ann@example.com')).status).toBe(401);
    const { user: another } = await bench.somebody();
    expect(another.id).not.toBe(user.id);
    await eventually(async () => {
      const { items } = bodyOf(await admin.get<Page<User>>(users), 200);
      expect(items.map(({ email }) => email)).toEqual(['ann@example.com', 'admin@example.com']);
    });
  });

  it('deleting a user erases the personal data in every service, and publishes an event', async () => {
    const shop = openShop();
    const { sku } = await shop.sell();
    const [admin, ann] = [await shop.as('admin'), await shop.as('customer', { sub: 'secretive' })];
    const detail = 'Nowhere 7';
    await using bus = await sharedStack().observe('identity-events', 'order-events', 'notification-events');
    await ann.patch(`${users}/me`, { first_name: detail });
    const order = bodyOf(await ann.post<Order>('/api/v1/orders', { items: [{ itemId: sku, quantity: 1 }] }), 201);
    await shop.decided(order.id);
    expect((await ann.patch(`/api/v1/orders/${order.id}`, { deliveryAddress: detail, note: detail })).status).toBe(200);
    const reason = { reason: detail };
    expect((await ann.post(`/api/v1/orders/${order.id}/cancel`, reason, { idempotencyKey: 'k' })).status).toBe(200);
    const told = async () =>
      (await shop.all<{ recipientId: string }>('/api/v1/notifications')).map((one) => one.recipientId);
    await eventually(async () => {
      expect((await told()).filter((recipient) => recipient === ann.userId)).toHaveLength(3);
      expect(await shop.all(`/api/v1/customers/${ann.userId}/orders`)).toHaveLength(1);
    });

    expect((await admin.delete(`${users}/${ann.userId}`)).status).toBe(204);
    await eventually(async () => {
      expect(await told()).not.toContain(ann.userId);
      const { id, customerId } = await shop.orderNow(order.id);
      expect({ id, customerId }).toEqual({ id: order.id, customerId: ann.userId });
      expect(await shop.orderNow(order.id)).not.toHaveProperty('deliveryAddress');
      expect(await shop.orderNow(order.id)).not.toHaveProperty('note');
      expect(await shop.orderNow(order.id)).toMatchObject({ reason: 'cancelled by the customer' });
      expect(bus.events('user.deleted').map(({ envelope }) => envelope.data)).toContainEqual({
        userId: ann.userId,
        by: admin.userId,
      });
    }, 20_000);
    expect(bus.events('order.cancelled').map(({ envelope }) => envelope.data)).toContainEqual(
      expect.objectContaining({ orderId: order.id, reason: 'by-customer' }),
    );
    expect(JSON.stringify(bus.events())).not.toContain(detail);
  });
});
