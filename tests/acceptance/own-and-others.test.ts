import { beforeAll, describe, expect, it } from 'vitest';
import { accountsOn } from '../rigs/clients/accounts.ts';
import { type Answer, type ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { type RoleName, roleNames, rolePairs } from '../rigs/clients/role-names.ts';
import { type Order, type Page, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { sharedStack } from './open-shop.ts';

interface Owned {
  readonly customerId?: string;
  readonly recipientId?: string;
}
type Listed = Page<Owned> & Owned;
interface Things {
  readonly order: string;
  readonly sku: string;
  readonly notification: string;
}
interface Row {
  /** Who reaches what is Ann's by it, besides Ann and admins; typed from the domain and not from the code. */
  readonly others: readonly RoleName[];
  readonly ask: (api: ApiClient, things: Things) => Promise<Answer<Listed>>;
}

const table: Readonly<Record<string, Row>> = {
  "sees Ann's orders among all": { others: ['sales', 'manager'], ask: (api) => api.get('/api/v1/orders?limit=100') },
  "lists Ann's orders": { others: ['sales', 'manager'], ask: (api) => api.get('/api/v1/customers/ann/orders') },
  "reads Ann's order": { others: ['sales', 'manager'], ask: (api, { order }) => api.get(`/api/v1/orders/${order}`) },
  "changes Ann's order": {
    others: ['sales'],
    ask: (api, { order }) => api.patch(`/api/v1/orders/${order}`, { note: 'Ring twice' }),
  },
  'orders for Ann': {
    others: ['sales'],
    ask: (api, { sku }) => api.post('/api/v1/orders', { customerId: 'ann', items: [{ itemId: sku, quantity: 1 }] }),
  },
  "sees Ann's notifications among all": {
    others: ['sales', 'manager'],
    ask: (api) => api.get('/api/v1/notifications'),
  },
  "lists Ann's notifications": {
    others: ['sales', 'manager'],
    ask: (api) => api.get('/api/v1/notifications?recipient=ann'),
  },
};

const callers: readonly (readonly RoleName[])[] = [...roleNames.map((role) => [role]), ...rolePairs];
let shop: Shop;
let things: Things;

beforeAll(async () => {
  shop = new Shop(sharedStack());
  const { sku } = await shop.sell({ quantity: 1_000 });
  const { id: order } = await shop.order({ [sku]: 1 }, { customerId: 'ann' });
  await shop.decided(order);
  const ann = await shop.as('customer', { sub: 'ann' });
  const notification = await eventually(async () => {
    const [told] = bodyOf(await ann.get<Page<{ readonly id: string }>>('/api/v1/notifications'), 200).items;
    if (told === undefined) throw new Error('Ann was told nothing yet');
    return told.id;
  });
  things = { order, sku, notification };
  await eventually(async () => expect(await shop.all<Order>('/api/v1/orders')).toHaveLength(1));
});

/** Whether the answer has something of Ann's. */
function reaches({ status, body }: Answer<Listed>): boolean {
  if (status >= 300) return false;
  const found = body.customerId === undefined ? body.items : [body];
  return found.some(({ customerId, recipientId }) => customerId === 'ann' || recipientId === 'ann');
}

describe('things of somebody else', () => {
  it.each(Object.entries(table))('who %s has a role that may, alone or beside any other', async (_, {
    others,
    ask,
  }) => {
    const wrong: string[] = [];
    for (const roles of callers) {
      const api = await shop.as([...roles], { sub: roles.join('-') });
      const may = roles.some((role) => role === 'admin' || others.includes(role));
      const answer = await ask(api, things);
      if (reaches(answer) !== may) wrong.push(`${roles.join('+')}: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('a notification is marked as read by its recipient alone, whatever roles others have', async () => {
    const path = `/api/v1/notifications/${things.notification}/read`;
    for (const roles of callers) {
      const api = await shop.as([...roles], { sub: roles.join('-') });
      expect((await api.post(path)).status).toBe(404);
      expect((await api.post(`${path}?recipient=ann`)).status).toBe(403);
    }
  });

  it('what somebody was told about their account is for them and admins, not for sales and managers', async () => {
    const eve = await accountsOn(sharedStack()).as('customer', { sub: 'eve', tenant: shop.tenant });
    const told = async (api: ApiClient) =>
      bodyOf(await api.get<Listed>(`/api/v1/notifications?recipient=${eve.userId}`), 200).items.length;
    await eventually(async () => expect(await told(eve)).toBe(1));
    for (const role of ['sales', 'manager'] as const) expect(await told(await shop.as(role))).toBe(0);
    expect(await told(await shop.as('admin'))).toBe(1);
  });

  it('the sessions of somebody are seen and ended by them and admins alone, whatever roles others have', async () => {
    const eve = await accountsOn(sharedStack()).as('customer', { sub: 'eve', tenant: shop.tenant });
    const own = '/api/v1/users/me/sessions';
    const sessions = async () => bodyOf(await eve.get<Page<{ readonly id: string }>>(own), 200).items;
    const before = await sessions();
    for (const roles of callers.filter((some) => !some.includes('admin'))) {
      const api = await shop.as([...roles], { sub: roles.join('-') });
      const theirs = `/api/v1/users/${eve.userId}/sessions`;
      for (const call of [api.get, api.delete]) expect((await call(theirs)).status).toBe(403);
      expect((await api.delete(`${own}/${before[0]?.id}`)).status).toBe(404);
      expect((await api.delete(own)).status).toBe(204);
    }
    expect(await sessions()).toEqual(before);
  });

  it('somebody who has a role besides customer still has their own orders and notifications', async () => {
    for (const roles of [['customer'], ['customer', 'payroll']] as const) {
      const ann = await shop.as([...roles], { sub: 'ann' });
      for (const [what, { ask }] of Object.entries(table))
        expect([roles, what, reaches(await ask(ann, things))]).toEqual([roles, what, true]);
    }
  });
});
