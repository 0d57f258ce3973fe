import { describe, expect, it } from 'vitest';
import { inTenant } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { Page, Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { identityBench } from './identity-bench.ts';
import { sharedStack } from './open-shop.ts';

const statuses = (answers: readonly { readonly status: number }[]) => answers.map(({ status }) => status).toSorted();

describe('registering', () => {
  it('registering creates a user with the given name and address, and sends a welcome', async () => {
    const bench = identityBench();
    const details = { first_name: 'John', last_name: 'song', phone: '555-123-4567' };
    const { status, body, headers } = await bench.register('Ann@Example.com', details);
    expect([status, headers.get('location')]).toEqual([201, '/api/v1/users/me']);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      email: 'ann@example.com',
      ...details,
      roles: ['customer'],
      is_active: true,
      created_at: expect.stringMatching(/Z$/),
      addresses: [],
    });
    const api = bench.client(bodyOf(await bench.logIn('ann@example.com'), 200));
    expect((await api.get('/api/v1/users/me')).body).toEqual(body);
    await eventually(async () => {
      const { items } = bodyOf(await api.get<Page<unknown>>('/api/v1/notifications'), 200);
      expect(items).toMatchObject([{ recipientId: body.id, template: 'welcome' }]);
    });
  });

  it.each([
    ['a weak password', 422, 'weak-password', { password: 'admin123' }],
    ['no password', 422, 'invalid-body', { password: undefined }],
    ['a password that is too long', 422, 'invalid-body', { password: `Aa1${'x'.repeat(126)}` }],
    ['an invalid address', 422, 'invalid-body', { email: 'ann' }],
    ['a role of their choice', 422, 'invalid-body', { roles: ['admin'] }],
  ])('registering with %s is refused', async (_, status, code, change) => {
    const answer = await identityBench().register<Problem>('ann@example.com', change);
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${code}`]);
  });

  it('registering a taken address is refused, whatever its case', async () => {
    const bench = identityBench();
    await bench.register('ann@example.com');
    const { status, body } = await bench.register<Problem>('ANN@example.com');
    expect([status, body.type]).toEqual([409, '/problems/email-taken']);
  });

  it('registering takes addresses with characters that are forbidden in document ids', async () => {
    const bench = identityBench();
    const { user } = await bench.somebody('a/b#c?d@example.com');
    expect(user.email).toBe('a/b#c?d@example.com');
  });

  it('somebody of an internationalised domain is one person, however their address is typed', async () => {
    const bench = identityBench();
    const { user } = await bench.somebody('Ann@BÜCHER.example');
    expect(user.email).toBe('ann@xn--bcher-kva.example');
    for (const typed of ['ann@bücher.example', 'ANN@xn--BCHER-kva.example', 'ann@bu\u0308cher.example']) {
      expect([typed, (await bench.logIn(typed)).status]).toEqual([typed, 200]);
      expect([typed, (await bench.register(typed)).status]).toEqual([typed, 409]);
    }
  });

  it('twenty concurrent registrations of one address create one user', async () => {
    const bench = identityBench();
    await using bus = await sharedStack().observe('identity-events');
    for (const name of ['ann', 'bob', 'eve']) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => bench.register(`${name}@example.com`)));
      expect(statuses(answers)).toEqual([201, ...Array(19).fill(409)]);
      const me = bench.client(bodyOf(await bench.logIn(`${name}@example.com`), 200));
      const id = answers.find(({ status }) => status === 201)?.body.id;
      expect((await me.get('/api/v1/users/me')).body).toMatchObject({ id });
    }
    await eventually(() => {
      const created = bus.events('user.created').filter(({ envelope }) => envelope.tenantid === bench.tenant);
      expect(created).toHaveLength(3);
    });
  });

  it('twenty concurrent registrations with one Idempotency-Key create one user and get the same answer', async () => {
    const bench = identityBench();
    const register = () => bench.register('ann@example.com', {}, { idempotencyKey: 'k' });
    const answers = await Promise.all(Array.from({ length: 20 }, register));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
  });

  it('registering again under an Idempotency-Key gets the first answer', async () => {
    const bench = identityBench();
    const register = () => bench.register('ann@example.com', {}, { idempotencyKey: 'k' });
    const first = bodyOf(await register(), 201);
    const again = await register();
    expect([bodyOf(again, 201), again.headers.get('idempotency-replayed')]).toEqual([first, 'true']);
  });

  it('twelve strangers who register at once under one Idempotency-Key each get an account of their own', async () => {
    const bench = identityBench();
    const people = Array.from({ length: 12 }, (_, n) => ({ email: `r${n}@example.com`, password: `Password${n}` }));
    const register = ({ email, password }: (typeof people)[number]) =>
      bench.register(email, { password }, { idempotencyKey: 'k' });
    const users = (await Promise.all(people.map(register))).map((answer) => bodyOf(answer, 201));
    expect(users.map(({ email }) => email)).toEqual(people.map(({ email }) => email));
    expect(new Set(users.map(({ id }) => id)).size).toBe(12);
    for (const { email, password } of people) {
      const me = bench.client(bodyOf(await bench.logIn(email, password), 200));
      expect((await me.get('/api/v1/users/me')).body).toMatchObject({ email });
    }
  });

  it('somebody who registers a taken address under the Idempotency-Key of its owner, with another password, is refused', async () => {
    const bench = identityBench();
    const register = (password: string) =>
      bench.register<Problem>('ann@example.com', { password }, { idempotencyKey: 'k' });
    expect((await register('Password1')).status).toBe(201);
    const { status, body } = await register('Password2');
    expect([status, body.type]).toEqual([409, '/problems/email-taken']);
  });

  it('registering again under the key of a user who was deleted makes another user', async () => {
    const bench = identityBench();
    const [admin, idempotencyKey] = [await bench.admin(), 'k'];
    const register = () => bench.register('ann@example.com', {}, { idempotencyKey });
    const { id } = bodyOf(await register(), 201);
    expect((await admin.delete(`/api/v1/users/${id}`)).status).toBe(204);
    const again = bodyOf(await register(), 201);
    expect(again.id).not.toBe(id);
    expect(bodyOf(await register(), 201)).toEqual(again);
    const me = bench.client(bodyOf(await bench.logIn('ann@example.com'), 200));
    expect((await me.get('/api/v1/users/me')).body).toEqual(again);
  });

  it('registering one address in two tenants creates two separate users', async () => {
    const [one, other] = [identityBench(), identityBench()];
    const [ann, namesake] = [await one.somebody(), await other.somebody()];
    expect(ann.user.id).not.toBe(namesake.user.id);
    expect((await other.refresh(ann.tokens.refresh_token)).status).toBe(401);
    const admin = await other.admin();
    expect((await admin.get(`/api/v1/users/${ann.user.id}`)).status).toBe(404);
  });

  it('registering in a tenant with an invalid name is refused', async () => {
    const { url } = sharedStack();
    const body = { email: 'ann@example.com', password: 'Admin123' };
    const answer = await new ApiClient(url).post<Problem>('/api/v1/auth/register', body, inTenant('Not A Tenant'));
    expect([answer.status, answer.body.type]).toEqual([400, '/problems/invalid-tenant']);
  });
});
