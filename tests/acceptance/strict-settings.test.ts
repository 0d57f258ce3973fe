import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTenant, type Tokens, type User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { type Order, type Problem, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

const corp = { name: 'corp', issuer: 'https://corp.test', audience: 'shop', tenant: 'corp', roles: { values: {} } };
let stack: TestStack;

beforeAll(async () => {
  stack = await startStack({
    env: {
      ORDER_STOCK_CHECK: 'strict',
      TENANTS: 'main,acme,corp',
      TRUSTED_ISSUERS: JSON.stringify([corp]),
      ADMIN_EMAILS: 'acme:boss@example.com',
      PASSWORD_POLICY: 'length:12,common',
    },
  });
});
afterAll(() => stack.stop());

it('with the strict stock check an order beyond the known stock is refused at once, until goods arrive', async () => {
  const shop = new Shop(stack, 'main');
  const { sku } = await shop.sell({ quantity: 5 });
  await eventually(async () => {
    const { status, body } = await shop.tryOrder({ [sku]: 6 });
    expect([status, body]).toMatchObject([409, { type: '/problems/insufficient-stock' } satisfies Partial<Problem>]);
  });
  expect((await shop.decided((await shop.order({ [sku]: 5 })).id)).status).toBe('confirmed');
  await eventually(async () => expect((await shop.tryOrder({ [sku]: 1 })).status).toBe(409));
  await (await shop.as('warehouse')).post(`/api/v1/inventory/${sku}/receive`, { quantity: 1 });
  const placed = await eventually(async () => {
    const { status, body } = await shop.tryOrder({ [sku]: 1 });
    expect(status).toBe(201);
    return body;
  });
  expect((await shop.decided(placed.id)).status).toBe('confirmed');
  await eventually(async () => {
    const decided = (await shop.all<Order>('/api/v1/orders')).filter(({ status }) => status === 'confirmed');
    expect(decided.reduce((sum, { items }) => sum + (items[0]?.quantity ?? 0), 0)).toBe(6);
  });
});

/** The status of an answer, and what it says is the matter. */
const seen = ({ status, body }: { readonly status: number; readonly body: unknown }) => [
  status,
  body !== null && typeof body === 'object' && 'type' in body ? body.type : undefined,
];

const phrase = 'correct horse battery staple';

function register(tenant: string | undefined, email = 'ann@example.com', password = phrase) {
  const body = { email, password };
  return new ApiClient(stack.url).post<User>(
    '/api/v1/auth/register',
    body,
    tenant === undefined ? {} : inTenant(tenant),
  );
}

describe('a tenant that the settings do not name', () => {
  const invalid = [400, '/problems/invalid-tenant'];

  it.each([
    'gone',
    'system',
    'Main',
    '',
  ])('nobody registers or logs in in the tenant %j, which the settings do not name', async (tenant) => {
    expect(seen(await register(tenant))).toEqual(invalid);
    const login = { username: 'ann@example.com', password: phrase };
    const nobody = new ApiClient(stack.url);
    expect(seen(await nobody.post<Problem>('/api/v1/auth/login', login, inTenant(tenant)))).toEqual(invalid);
  });

  it.each([
    'gone',
    'system',
  ])('a good token of the tenant %s, which the settings do not name, opens no route', async (tenant) => {
    const api = await stack.as('admin', { tenant });
    for (const path of ['orders', 'users', 'users/me', 'inventory', 'dead-letters', 'notifications'])
      expect([path, ...seen(await api.get<Problem>(`/api/v1/${path}`))]).toEqual([path, ...invalid]);
  });

  it('who names no tenant is of main', async () => {
    const { id } = bodyOf(await register(undefined, 'zoe@example.com'), 201);
    const admin = await stack.as('admin', { tenant: 'main' });
    expect((await admin.get(`/api/v1/users/${id}`)).status).toBe(200);
  });
});

describe('registering', () => {
  it('nobody registers in the tenant of an outside issuer', async () => {
    expect(seen(await register('corp'))).toEqual([403, '/problems/registration-closed']);
    expect(seen(await register('acme'))).toEqual([201, undefined]);
  });

  it('who registers under an address of ADMIN_EMAILS is admin of its tenant, and of no other', async () => {
    const roles = async (tenant: string) => bodyOf(await register(tenant, 'Boss@example.com'), 201).roles;
    expect([await roles('acme'), await roles('main')]).toEqual([['admin'], ['customer']]);
  });
});

describe('the policy of passwords length:12,common', () => {
  const weak = [422, '/problems/weak-password'];

  it.each([
    'Admin123',
    'Password2026!!',
    'zoe@example.com',
    'Lagerhaus-2026!',
  ])('nobody registers with the password %j', async (password) => {
    expect(seen(await register('acme', 'zoe@example.com', password))).toEqual(weak);
  });

  it('nobody changes their password to one that is easily guessed', async () => {
    const username = 'max.miller@example.com';
    bodyOf(await register('acme', username), 201);
    const login = { username, password: phrase };
    const answer = await new ApiClient(stack.url).post<Tokens>('/api/v1/auth/login', login, inTenant('acme'));
    const api = new ApiClient(stack.url, bodyOf(answer, 200).access_token);
    const change = (password: string) =>
      api.post<Problem>('/api/v1/users/me/password', { old_password: phrase, new_password: password });
    expect(seen(await change('Miller-Max-2026'))).toEqual(weak);
    expect((await change('Miller buys four lamps')).status).toBe(204);
  });
});
