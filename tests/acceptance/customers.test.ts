import { describe, expect, it } from 'vitest';
import { accountsOn } from '../rigs/clients/accounts.ts';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { BusObserver } from '../rigs/clients/bus-observer.ts';
import { type Customer, customersPath, found, type Interaction, register } from '../rigs/clients/customers.ts';
import type { Page, Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

/** How often the bus was told that a customer is gone. */
const deletionsOf = (bus: BusObserver, id: string) =>
  bus.events('customer.deleted').filter(({ envelope }) => envelope.subject === `customer/${id}`);

describe('registering customers', () => {
  it('a customer whose e-mail address or telephone number somebody has is refused, unless that is said to be right', async () => {
    const sales = await openShop().as('sales');
    const ann = bodyOf(await register(sales, { email: 'ann@example.com', phone: '+49 30 1234567' }), 201);
    expect(ann).toMatchObject({
      kind: 'person',
      source: 'staff',
      status: 'active',
      profile: { name: 'Ann Smith', email: 'ann@example.com', phone: '+49301234567' },
      figures: { orders: 0, spent: 0 },
    });
    for (const alike of [{ email: 'ANN@Example.com' }, { phone: '(030) 12 34-567' }]) {
      const refused = await register<Problem>(sales, alike);
      expect([refused.status, refused.body.type]).toEqual([409, '/problems/customer-exists']);
      expect(refused.body.detail).toContain(ann.id);
      const twin = bodyOf(await register(sales, { ...alike, allowDuplicate: true }), 201);
      expect(twin.id).not.toBe(ann.id);
    }
  });

  it('who was registered with an address that somebody had has it once they are gone, so that it is refused still', async () => {
    const tenant = openShop();
    const [sales, manager] = [await tenant.as('sales'), await tenant.as('manager')];
    const contacts = { email: 'ann@example.com', phone: '030 1234567' };
    const ann = bodyOf(await register(sales, contacts), 201);
    const twin = bodyOf(await register(sales, { ...contacts, allowDuplicate: true }), 201);
    const third = bodyOf(await register(sales, { ...contacts, allowDuplicate: true }), 201);
    const holder = async () => (await register<Problem>(sales, { email: contacts.email })).body.detail;
    expect(await holder()).toContain(ann.id);
    expect((await manager.delete(`${customersPath}/${ann.id}`)).status).toBe(204);
    expect(await holder()).toContain(twin.id);
    bodyOf(await sales.patch(`${customersPath}/${third.id}`, { email: null }), 200);
    bodyOf(await sales.patch(`${customersPath}/${twin.id}`, { email: 'other@example.com' }), 200);
    bodyOf(await register(sales, { email: contacts.email }), 201);
    const phone = await register<Problem>(sales, { phone: contacts.phone });
    expect(phone.body.detail).toContain(twin.id);
  });

  it('of several who register one customer at once, one has made the record and the others are told whose it is', async () => {
    const sales = await openShop().as('sales');
    const wishes = ['cem', 'dan'].flatMap((name) => [
      { name, email: `${name}@example.com`, phone: '+49 30 111' },
      { name, email: `${name}@example.com` },
      { name, phone: '030 111' },
    ]);
    const answers = await Promise.all(wishes.map((wish) => register<Customer & Problem>(sales, wish)));
    for (const { status, body } of answers)
      expect([201, 409]).toContain(
        status === 409 ? (body.type === '/problems/customer-exists' ? 409 : body.type) : status,
      );
    const phones = answers.filter(({ status, body }) => status === 201 && body.profile?.phone !== undefined);
    expect(phones).toHaveLength(1);
    for (const name of ['cem', 'dan']) {
      const mails = answers.filter(
        ({ status, body }) => status === 201 && body.profile?.email === `${name}@example.com`,
      );
      expect(mails.length).toBeLessThanOrEqual(1);
    }
  });

  it('what is no address, number, tag or language is refused, and so are too many tags', async () => {
    const sales = await openShop().as('sales');
    const tags = Array.from({ length: 51 }, (_, index) => `tag${index}`);
    for (const wrong of [
      { email: 'ann' },
      { phone: 'ring me' },
      { tags },
      { tags: ['two words'] },
      { language: '?' },
      { kind: 'dog' },
      { name: ' ' },
    ])
      expect([wrong, (await register(sales, wrong)).status]).toEqual([wrong, 422]);
  });
});

describe('finding customers', () => {
  it('customers are found by a part of their name, address or number, by tag and status, and page by page', async () => {
    const shop = openShop();
    const [sales, manager] = [await shop.as('sales'), await shop.as('manager')];
    const zoe = bodyOf(
      await register(sales, {
        name: 'Zoë Müller',
        email: 'zoe@example.com',
        phone: '030 1234567',
        tags: ['VIP', 'here'],
      }),
      201,
    );
    const bob = bodyOf(await register(sales, { name: 'Bob', email: 'bob@example.org', tags: ['here'] }), 201);
    await eventually(async () => expect(await found(sales, { tag: 'here' })).toEqual([bob.id, zoe.id]));
    for (const text of ['muller', 'ZOË', 'zoe@exa', '+49 30 1234567'])
      expect(await found(sales, { text })).toEqual([zoe.id]);
    expect(await found(sales, { text: 'nobody' })).toEqual([]);
    expect(await found(sales, { tag: 'vip' })).toEqual([zoe.id]);
    bodyOf(await manager.post(`${customersPath}/${bob.id}/block`), 200);
    await eventually(async () => expect(await found(sales, { status: 'blocked' })).toEqual([bob.id]));
    const first = bodyOf(await sales.post<Page<Customer>>(`${customersPath}/search`, { tag: 'here', limit: 1 }), 200);
    const { continuation } = first;
    const second = bodyOf(
      await sales.post<Page<Customer>>(`${customersPath}/search`, { tag: 'here', limit: 1, continuation }),
      200,
    );
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([bob.id, zoe.id]);
  });
});

describe('the record of a customer', () => {
  it('a changed address is found, is nobody else’s to take, and leaves the old one free', async () => {
    const sales = await openShop().as('sales');
    const [ann, bob] = [
      bodyOf(await register(sales, { email: 'ann@example.com' }), 201),
      bodyOf(await register(sales, { email: 'bob@example.com' }), 201),
    ];
    const path = `${customersPath}/${ann.id}`;
    const taken = await sales.patch<Problem>(path, { email: 'bob@example.com' });
    expect([taken.status, taken.body.type]).toEqual([409, '/problems/customer-exists']);
    expect(taken.body.detail).toContain(bob.id);
    const moved = bodyOf(await sales.patch<Customer>(path, { email: 'ann@example.org', phone: '030 99999' }), 200);
    expect(moved).toMatchObject({ profile: { email: 'ann@example.org', phone: '+493099999' }, version: 2 });
    expect(bodyOf(await sales.get<Customer>(path), 200)).toEqual(moved);
    expect((await register(sales, { email: 'ann@example.org' })).status).toBe(409);
    expect((await register(sales, { email: 'ann@example.com' })).status).toBe(201);
    expect((await sales.patch(path, { phone: null }, { headers: { 'if-match': '"1"' } })).status).toBe(412);
    expect(bodyOf(await sales.patch<Customer>(path, { phone: null }), 200).profile).not.toHaveProperty('phone');
  });

  it('whoever registers as a customer has a record within moments, and changes it, but not its tags', async () => {
    const shop = openShop();
    const ann = await accountsOn(sharedStack()).as('customer', { sub: 'ann', tenant: shop.tenant });
    const path = `${customersPath}/${ann.userId}`;
    const record = await eventually(async () => bodyOf(await ann.get<Customer>(path), 200));
    expect(record).toMatchObject({ id: ann.userId, source: 'account', tags: [], consents: {} });
    expect(record).not.toHaveProperty('profile');
    expect(bodyOf(await ann.patch<Customer>(path, { language: 'de' }), 200).profile).toEqual({ language: 'de' });
    expect((await ann.patch(path, { tags: ['vip'] })).status).toBe(403);
    const deleted = await (await shop.as('manager')).delete<Problem>(path);
    expect([deleted.status, deleted.body.type]).toEqual([409, '/problems/has-account']);
  });

  it('a customer neither reads nor changes what is kept of another, nor whether there is anything', async () => {
    const shop = openShop();
    const { id } = bodyOf(await register(await shop.as('sales'), { email: 'ann@example.com' }), 201);
    const eve = await shop.as('customer', { sub: 'eve' });
    const consent = { granted: true, source: 'web', textVersion: '1' };
    for (const other of [id, 'nobody-at-all'])
      for (const answer of [
        await eve.get(`${customersPath}/${other}`),
        await eve.get(`${customersPath}/${other}/export`),
        await eve.patch(`${customersPath}/${other}`, { language: 'de' }),
        await eve.put(`${customersPath}/${other}/consents/marketing`, consent),
      ])
        expect(answer.status).toBe(404);
  });
});

describe('a customer who is blocked', () => {
  it('a customer who is blocked orders nothing more, until they are unblocked', async () => {
    const shop = openShop();
    const [sales, manager] = [await shop.as('sales'), await shop.as('manager')];
    const [{ sku }, { id }] = [await shop.sell(), bodyOf(await register(sales, { email: 'ann@example.com' }), 201)];
    const order = async () => shop.tryOrder({ [sku]: 1 }, { customerId: id });
    for (const _ of ['once', 'and again'])
      expect(bodyOf(await manager.post<Customer>(`${customersPath}/${id}/block`), 200).status).toBe('blocked');
    await eventually(async () => {
      const { status, body } = await order();
      expect([status, body]).toMatchObject([409, { type: '/problems/customer-blocked' }]);
    });
    bodyOf(await manager.post(`${customersPath}/${id}/unblock`), 200);
    await eventually(async () => expect((await order()).status).toBe(201));
  });
});

describe('what was said with a customer', () => {
  it('interactions are listed by when they were, and those to come back to are due until they are ticked off', async () => {
    const shop = openShop();
    const [sales, manager] = [await shop.as('sales'), await shop.as('manager')];
    const { id } = bodyOf(await register(sales, { email: 'ann@example.com' }), 201);
    const path = `${customersPath}/${id}/interactions`;
    const call = { kind: 'call', direction: 'in', text: 'Asks for a green lamp' };
    const first = bodyOf(await sales.post<Interaction>(path, { ...call, followUpAt: '2999-01-02T00:00:00Z' }), 201);
    const older = bodyOf(
      await sales.post<Interaction>(path, { ...call, kind: 'visit', at: '2020-01-01T10:00:00+01:00' }),
      201,
    );
    expect(older).toMatchObject({ at: '2020-01-01T09:00:00.000Z', by: sales.userId });
    const listed = async () => bodyOf(await manager.get<Page<Interaction>>(path), 200).items;
    expect((await listed()).map((one) => one.id)).toEqual([first.id, older.id]);

    const due = async (query: string) =>
      bodyOf(await manager.get<Page<unknown>>(`/api/v1/follow-ups?${query}`), 200).items;
    const open = { interactionId: first.id, by: sales.userId, followUpAt: '2999-01-02T00:00:00.000Z' };
    await eventually(async () =>
      expect(await due(`by=${sales.userId}`)).toEqual([{ customerId: id, followUps: [open] }]),
    );
    expect(await due('by=eve')).toEqual([]);
    expect(await due('due=2998-12-31T00:00:00Z')).toEqual([]);
    for (const _ of ['once', 'and again'])
      expect(bodyOf(await manager.post<Interaction>(`${path}/${first.id}/followed-up`), 200).doneAt).toBeDefined();
    await eventually(async () => expect(await due('')).toEqual([]));

    for (const wrong of [
      { text: 'x'.repeat(4_001) },
      { followUpAt: '2020-01-01T00:00:00Z' },
      { at: '2999-01-01T00:00:00Z' },
      { text: ' ' },
    ])
      expect([wrong, (await sales.post(path, { ...call, ...wrong })).status]).toEqual([wrong, 422]);
  });
});

describe('the consent of a customer', () => {
  it('the decision that was made last counts, whenever it is noted, and the export tells of all', async () => {
    const shop = openShop();
    const [sales, manager] = [await shop.as('sales'), await shop.as('manager')];
    const { id } = bodyOf(await register(sales, { email: 'ann@example.com' }), 201);
    const path = `${customersPath}/${id}/consents/marketing`;
    const decide = async (granted: boolean, time: string) =>
      bodyOf(
        await sales.put<Customer>(path, { granted, source: 'till', textVersion: '1', at: `2026-11-01T${time}:00Z` }),
        200,
      ).consents;
    expect(await decide(true, '10:00')).toEqual({ marketing: 'granted' });
    expect(await decide(false, '11:00')).toEqual({ marketing: 'withdrawn' });
    expect(await decide(true, '10:30')).toEqual({ marketing: 'withdrawn' });
    const exported = await manager.get<{ customer: Customer; consents: readonly { decision: string }[] }>(
      `${customersPath}/${id}/export`,
    );
    const { customer, consents } = bodyOf(exported, 200);
    expect(customer.profile?.email).toBe('ann@example.com');
    expect(consents.map(({ decision }) => decision)).toEqual(['granted', 'granted', 'withdrawn']);
    const unknown = await sales.put<Problem>(`${customersPath}/${id}/consents/astrology`, {
      granted: true,
      source: 'till',
      textVersion: '1',
    });
    expect([unknown.status, unknown.body.type]).toEqual([422, '/problems/unknown-purpose']);
  });

  it('a consent that is noted by a clock that is ahead does not outlast a withdrawal that follows it', async () => {
    const shop = openShop();
    const [sales, manager] = [await shop.as('sales'), await shop.as('manager')];
    const { id } = bodyOf(await register(sales, {}), 201);
    const path = `${customersPath}/${id}/consents`;
    const consent = { source: 'till', textVersion: '1' };
    const ahead = { ...consent, granted: true, at: new Date(Date.now() + 240_000).toISOString() };
    for (const _ of [1, 2])
      expect(bodyOf(await sales.put<Customer>(`${path}/marketing`, ahead), 200).consents).toEqual({
        marketing: 'granted',
      });
    const withdrawn = bodyOf(await sales.put<Customer>(`${path}/marketing`, { ...consent, granted: false }), 200);
    expect(withdrawn.consents).toEqual({ marketing: 'withdrawn' });
    const exported = await manager.get<{ consents: readonly unknown[] }>(`${customersPath}/${id}/export`);
    expect(bodyOf(exported, 200).consents).toHaveLength(2);
  });

  it('a time outside the years of four digits is refused, and so is a purpose that only JavaScript knows', async () => {
    const sales = await openShop().as('sales');
    const { id } = bodyOf(await register(sales, {}), 201);
    const consent = { granted: false, source: 'till', textVersion: '1' };
    const call = { kind: 'call', direction: 'in', text: 'Calls' };
    for (const at of ['9999-12-31T23:59:59-23:59', '0000-01-01T00:00:00+23:59']) {
      const noted = await sales.put(`${customersPath}/${id}/consents/marketing`, { ...consent, at });
      const logged = await sales.post(`${customersPath}/${id}/interactions`, { ...call, at });
      expect([noted.status, logged.status]).toEqual([422, 422]);
    }
    const purpose = await sales.put<Problem>(`${customersPath}/${id}/consents/constructor`, consent);
    expect([purpose.status, purpose.body.type]).toEqual([422, '/problems/unknown-purpose']);
  });
});

describe('deleting a customer', () => {
  it('a customer who is deleted is found no more, leaves their address free, and is deleted once', async () => {
    const shop = openShop();
    const [sales, manager] = [await shop.as('sales'), await shop.as('manager')];
    const { id } = bodyOf(await register(sales, { email: 'ann@example.com', phone: '030 1234567' }), 201);
    const path = `${customersPath}/${id}`;
    await eventually(async () => expect(await found(sales, { text: 'ann' })).toEqual([id]));
    await using bus = await sharedStack().observe('sales-events');
    for (const _ of ['once', 'and again']) expect((await manager.delete(path)).status).toBe(204);
    for (const gone of [path, `${path}/export`, `${path}/interactions`])
      expect((await manager.get(gone)).status).toBe(404);
    const changed = await sales.patch<Problem>(path, { name: 'Ann' });
    expect([changed.status, changed.body.type]).toEqual([409, '/problems/customer-erased']);
    expect(await found(sales, { text: 'ann' })).toEqual([]);
    expect((await register(sales, { email: 'ann@example.com', phone: '030 1234567' })).status).toBe(201);
    await eventually(() => expect(deletionsOf(bus, id)).toHaveLength(1));
    expect((await manager.delete(`${customersPath}/nobody`)).status).toBe(404);
  });
});
