import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { services } from '../../functions/services.ts';
import { topics } from '../../shared/events/topics.ts';
import { accountsOn, inTenant, password, type User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { openStoredDocuments } from '../rigs/clients/stored-documents.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { insist } from '../rigs/stack/insist.ts';
import type { TestStack } from '../rigs/stack/start-stack.ts';
import { ownStack, shortSessions } from './own-stack.ts';

const quick = { env: shortSessions };
const tenant = 'main';

/** When the process is killed that deletes or erases somebody, in the order of that. */
const moments = [
  // The deletion is stored, and the address is about to be freed.
  { operation: 'Batch', target: 'identity', every: 2, applied: false },
  // The tombstone of the inbox is about to be stored, or is.
  { operation: 'Batch', target: 'notifications', applied: false },
  { operation: 'Batch', target: 'notifications', applied: true },
  // The account is emptied, or some of what was sent is taken from its outbox.
  { operation: 'Bulk', target: 'identity', applied: false },
  { operation: 'Bulk', target: 'notifications', applied: true },
] as const;

/** People who register, and what the stack still has of them. */
function peopleOf(stack: TestStack) {
  const api = new ApiClient(stack.url);
  return {
    async register(email: string): Promise<User> {
      const body = { email, password, first_name: 'Secretive', phone: '555-123-4567' };
      return bodyOf(await insist(() => api.post<User>('/api/v1/auth/register', body, inTenant(tenant))), 201);
    },
    logIn: (username: string) => api.post('/api/v1/auth/login', { username, password }, inTenant(tenant)),
    /** By kind, what is in somebody's boundaries besides what the kernel keeps there for a while. */
    async left({ id }: User): Promise<readonly string[]> {
      using documents = openStoredDocuments(stack);
      const all = [...(await documents.of(tenant, 'identity')), ...(await documents.of(tenant, 'notifications'))];
      const theirs = all.filter(({ boundary }) => boundary.endsWith(`:${id}`));
      return theirs.map(({ kind }) => kind).filter((kind) => !['outbox', 'receipt', 'inbox'].includes(kind));
    },
  };
}

/** All that the containers of a tenant have, as one text. */
async function storedIn(stack: TestStack): Promise<string> {
  using documents = openStoredDocuments(stack);
  const containers = new Set(services.map(({ name, container = name }) => container));
  const all = await Promise.all([...containers].map((container) => documents.of(tenant, container)));
  return JSON.stringify(all);
}

describe.concurrent('people who are deleted', () => {
  it('a process killed anywhere while somebody is deleted and erased leaves nothing of them', async (test) => {
    const stack = await ownStack(test, { ...quick, busFaults: true });
    const people = peopleOf(stack);
    const admin = await accountsOn(stack).as('admin');
    for (const [index, moment] of moments.entries()) {
      const email = `ann-${index}@example.com`;
      const user = await people.register(email);
      await stack.settled();
      const kill = await stack.faults.fault({ server: 'cosmos', ...moment, times: 1, action: 'kill-functions' });
      await eventually(async () => expect((await admin.delete(`/api/v1/users/${user.id}`)).status).toBe(204), 20_000);
      await kill.happened();
      await eventually(async () => {
        expect([moment, (await people.left(user)).toSorted()]).toEqual([moment, ['tombstone', 'tombstone', 'user']]);
        expect((await people.logIn(email)).status).toBe(401);
      }, 40_000);
      expect((await people.register(email)).id).not.toBe(user.id);
    }
  }, 240_000);

  it('what somebody wrote is nowhere once they are deleted, and was in no event', async (test) => {
    const stack = await ownStack(test);
    await using bus = await stack.observe(...topics);
    const { as } = accountsOn(stack);
    const [admin, ann] = [await as('admin'), await as('customer', { sub: 'ann' })];
    const product = { sku: 'ITEM-001', name: 'A thing', price: 5, quantity: 10 };
    bodyOf(await admin.post('/api/v1/products', product), 201);
    const order = bodyOf(
      await eventually(async () => {
        const answer = await ann.post<{ id: string }>('/api/v1/orders', {
          items: [{ itemId: 'ITEM-001', quantity: 1 }],
        });
        expect(answer.status).toBe(201);
        return answer;
      }),
      201,
    );
    const path = `/api/v1/orders/${order.id}`;
    const written = { deliveryAddress: 'Hermitage 1', note: 'Hermitage 2', reason: 'Hermitage 3' };
    const { reason, ...details } = written;
    expect((await ann.patch(path, details)).status).toBe(200);
    expect((await ann.post(`${path}/cancel`, { reason }, { idempotencyKey: 'k' })).status).toBe(200);
    expect((await ann.get(path)).body).toMatchObject(written);
    for (const text of Object.values(written)) expect(await storedIn(stack)).toContain(text);
    await stack.settled();

    expect((await admin.delete(`/api/v1/users/${ann.userId}`)).status).toBe(204);
    await eventually(async () => expect(await storedIn(stack)).not.toContain('Hermitage'), 20_000);
    await stack.settled();
    await bus.caughtUp();
    expect(bus.events('order.cancelled')).toMatchObject([{ envelope: { data: { reason: 'by-customer' } } }]);
    expect(JSON.stringify(bus.events())).not.toContain('Hermitage');
  }, 120_000);

  it('what was typed about a customer without an account is nowhere once they are deleted, and was in no event and no log', async (test) => {
    const stack = await ownStack(test);
    await using bus = await stack.observe(...topics);
    const { as } = accountsOn(stack);
    const [admin, sales] = [await as('admin'), await as('sales')];
    bodyOf(await admin.post('/api/v1/products', { sku: 'ITEM-001', name: 'A thing', price: 5, quantity: 10 }), 201);

    const profile = {
      name: 'Hermitage Quill',
      email: 'Hermitage@example.com',
      phone: '030 55544433',
      address: 'Hermitage 1',
    };
    const made = await sales.post<{ id: string }>(
      '/api/v1/customers',
      { kind: 'person', ...profile },
      { idempotencyKey: 'k1' },
    );
    const { id } = bodyOf(made, 201);
    const path = `/api/v1/customers/${id}`;
    const call = { kind: 'call', direction: 'in', text: 'Hermitage 2', followUpAt: '2999-01-01T00:00:00.000Z' };
    bodyOf(await sales.post(`${path}/interactions`, call, { idempotencyKey: 'k2' }), 201);
    const consent = { granted: true, source: 'Hermitage 3', textVersion: 'Hermitage 4' };
    bodyOf(await sales.put(`${path}/consents/marketing`, consent), 200);
    bodyOf(await sales.patch(path, { email: 'hermitage.quill@example.com' }), 200);
    const order = bodyOf(
      await eventually(async () => {
        const items = [{ itemId: 'ITEM-001', quantity: 1 }];
        const answer = await sales.post<{ id: string }>('/api/v1/orders', { customerId: id, items });
        expect(answer.status).toBe(201);
        return answer;
      }),
      201,
    );
    bodyOf(
      await sales.patch(`/api/v1/orders/${order.id}`, { deliveryAddress: 'Hermitage 5', note: 'Hermitage 6' }),
      200,
    );
    await eventually(async () => {
      const found = await sales.post<{ items: readonly unknown[] }>('/api/v1/customers/search', { text: 'hermitage' });
      expect(bodyOf(found, 200).items).toHaveLength(1);
    });
    await stack.settled();
    const typed = [/hermitage/i, /quill/i, /55544433/];
    const before = await storedIn(stack);
    expect(typed.filter((text) => !text.test(before))).toEqual([]);

    expect((await admin.delete(path)).status).toBe(204);
    await eventually(async () => {
      const after = await storedIn(stack);
      expect(typed.filter((text) => text.test(after))).toEqual([]);
    }, 20_000);
    await stack.settled();
    await bus.caughtUp();
    for (const text of typed) {
      expect(
        bus
          .events()
          .map(({ value }) => value)
          .join(),
      ).not.toMatch(text);
      expect(readFileSync(stack.functionsLog, 'utf8')).not.toMatch(text);
    }
    const left = bodyOf(await admin.get<object>(`/api/v1/orders/${order.id}`), 200);
    expect(left).toMatchObject({ customerId: id, totalAmount: 5 });
    expect(left).not.toHaveProperty('deliveryAddress');
  }, 120_000);

  it('everything that was told of somebody who is deleted can come again, in any order, and nothing comes of it', async (test) => {
    const stack = await ownStack(test);
    await using bus = await stack.observe('identity-events', 'notification-events');
    await using writer = await writeToBus(stack.kafka);
    const people = peopleOf(stack);
    const admin = await accountsOn(stack).as('admin');
    const user = await people.register('ann@example.com');
    expect((await people.logIn('ann@example.com')).status).toBe(200);
    expect((await admin.delete(`/api/v1/users/${user.id}`)).status).toBe(204);
    await stack.settled();
    await bus.caughtUp();
    const told = bus.events().filter(({ envelope }) => JSON.stringify(envelope.data).includes(user.id));
    const ofIdentity = told.filter(({ topic }) => topic === 'identity-events');
    expect(ofIdentity.map(({ envelope }) => envelope.type)).toEqual(
      expect.arrayContaining(['user.created', 'user.login', 'user.deleted']),
    );
    const sent = () => new Set(bus.events('notification.sent').map(({ envelope }) => envelope.id));
    const before = sent();

    for (const again of [ofIdentity, ofIdentity.toReversed(), [...ofIdentity, ...ofIdentity]]) {
      await writer.repeat(again);
      await stack.settled();
    }
    await bus.caughtUp();
    expect(sent()).toEqual(before);
    expect((await people.left(user)).toSorted()).toEqual(['tombstone', 'tombstone', 'user']);
  }, 120_000);
});
