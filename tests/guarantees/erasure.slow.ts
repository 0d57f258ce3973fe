import { describe, expect, it } from 'vitest';
import { accountsOn, inTenant, password, type User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { mailsFor } from '../rigs/clients/mailbox.ts';
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
  // The account is about to be emptied, or what was told of it to be taken from what is owed.
  { operation: 'Bulk', part: 'Delete', target: 'identity', applied: false },
  // The inbox is emptied, or what was told of it is taken from what is owed.
  { operation: 'Bulk', part: 'Delete', target: 'notifications', applied: true },
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
    mails: (address: string) => mailsFor(stack, { tenant, address }),
    /** By kind, what is in somebody's boundaries besides what the kernel keeps there for a while. */
    async left({ id }: User): Promise<readonly string[]> {
      using documents = openStoredDocuments(stack);
      const all = [...(await documents.of(tenant, 'identity')), ...(await documents.of(tenant, 'notifications'))];
      const theirs = all.filter(({ boundary }) => boundary.endsWith(`:${id}`));
      return theirs.map(({ kind }) => kind).filter((kind) => !['outbox', 'receipt', 'inbox'].includes(kind));
    },
  };
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
      expect(people.mails(email)).toHaveLength(1);
      const kill = await stack.faults.fault({ server: 'cosmos', ...moment, times: 1, action: 'kill-functions' });
      await eventually(async () => expect((await admin.delete(`/api/v1/users/${user.id}`)).status).toBe(204), 20_000);
      await kill.happened();
      await eventually(async () => {
        expect([moment, (await people.left(user)).toSorted()]).toEqual([moment, ['tombstone', 'tombstone', 'user']]);
        expect(people.mails(email)).toEqual([]);
        expect((await people.logIn(email)).status).toBe(401);
      }, 40_000);
      expect((await people.register(email)).id).not.toBe(user.id);
    }
  }, 240_000);

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
