import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTenant, password, type Tokens, type User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let stack: TestStack;
let ordersUrl: string;

beforeAll(async () => {
  stack = await startStack();
  ordersUrl = await stack.faults.functions('second').start({ ENABLED_SERVICES: 'orders' });
});
afterAll(() => stack.stop());

it('a token that was ended at one app is refused within a minute at another, which runs other services and had just taken it', async () => {
  const [nobody, tenant] = [new ApiClient(stack.url), inTenant('t-ended')];
  const admin = await stack.as('admin', { tenant: 't-ended' });
  const ends: Readonly<Record<string, (user: User, tokens: Tokens) => Promise<number>>> = {
    'logged-out': async (_, { refresh_token }) =>
      (await nobody.post('/api/v1/auth/logout', { refresh_token }, tenant)).status,
    demoted: async ({ id }) => (await admin.put(`/api/v1/users/${id}/roles`, { roles: ['hr'] })).status,
    deactivated: async ({ id }) => (await admin.post(`/api/v1/users/${id}/deactivate`)).status,
    deleted: async ({ id }) => (await admin.delete(`/api/v1/users/${id}`)).status,
  };
  const clients: ApiClient[] = [];
  for (const [name, end] of Object.entries(ends)) {
    const email = `${name}@example.com`;
    const user = bodyOf(await nobody.post<User>('/api/v1/auth/register', { email, password }, tenant), 201);
    const login = await nobody.post<Tokens>('/api/v1/auth/login', { username: email, password }, tenant);
    const tokens = bodyOf(login, 200);
    const elsewhere = new ApiClient(ordersUrl, tokens.access_token);
    expect((await elsewhere.get('/api/v1/orders')).status).toBe(200);
    expect(await end(user, tokens)).toBeLessThan(300);
    clients.push(elsewhere);
  }
  await eventually(async () => {
    const answers = await Promise.all(clients.map((client) => client.get('/api/v1/orders')));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  }, 60_000);
});

it('while the accounts cannot be read, a token that was taken before is good, one that was not is 503, and public routes go on', async () => {
  const tenant = inTenant('t-away');
  const nobody = new ApiClient(stack.url);
  const credentials = { email: 'ann@example.com', password };
  bodyOf(await nobody.post('/api/v1/auth/register', credentials, tenant), 201);
  const logIn = async () => {
    const form = { username: credentials.email, password };
    return bodyOf(await nobody.post<Tokens>('/api/v1/auth/login', form, tenant), 200).access_token;
  };
  const [known, unknown] = [await logIn(), await logIn()].map((token) => new ApiClient(ordersUrl, token));
  expect((await known?.get('/api/v1/orders'))?.status).toBe(200);
  const forbidden = await stack.faults.fault({
    server: 'cosmos',
    target: 'identity',
    action: 'refuse',
    status: 403,
    substatus: 5301,
  });
  expect((await known?.get('/api/v1/orders'))?.status).toBe(200);
  expect(await unknown?.get('/api/v1/orders')).toMatchObject({ status: 503, body: { type: '/problems/unavailable' } });
  expect((await new ApiClient(ordersUrl).get('/openapi.json')).status).toBe(200);
  await forbidden.clear();
  expect((await unknown?.get('/api/v1/orders'))?.status).toBe(200);
});
