import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Tokens } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { Problem } from '../rigs/clients/shop.ts';
import { identityBench } from './identity-bench.ts';
import { sharedStack } from './open-shop.ts';

const users = '/api/v1/users';
const anyId = '01890000-0000-7000-8000-000000000000';
type Bench = ReturnType<typeof identityBench>;

/** Somebody whom a test ends: their id, and a session besides the one whose token is looked at. */
interface Whose {
  readonly id: string;
  readonly tokens: Tokens;
  readonly elsewhere: ApiClient;
  readonly admin: ApiClient;
  readonly bench: Bench;
}

/** What ends a token, each by a request that is answered well. */
const ways: Readonly<Record<string, (whose: Whose) => Promise<number>>> = {
  'logged out': async ({ bench, tokens }) => (await bench.logOut(tokens.refresh_token)).status,
  'changed their password elsewhere': async ({ elsewhere }) => {
    const change = { old_password: 'Admin123', new_password: 'Better123' };
    return (await elsewhere.post(`${users}/me/password`, change)).status;
  },
  'was demoted': async ({ admin, id }) => (await admin.put(`${users}/${id}/roles`, { roles: ['customer'] })).status,
  'was deactivated': async ({ admin, id }) => (await admin.post(`${users}/${id}/deactivate`)).status,
  'was deleted': async ({ admin, id }) => (await admin.delete(`${users}/${id}`)).status,
};

/** Somebody with these roles, who has logged in twice since they have them. */
async function somebodyWho(roles: readonly string[]): Promise<Whose> {
  const bench = identityBench();
  const admin = await bench.admin();
  const { id } = bodyOf(await bench.register('ann@example.com'), 201);
  bodyOf(await admin.put(`${users}/${id}/roles`, { roles }), 200);
  const logIn = async () => bodyOf(await bench.logIn('ann@example.com'), 200);
  const [tokens, others] = [await logIn(), await logIn()];
  return { id, tokens, elsewhere: bench.client(others), admin, bench };
}

/** Every route that asks for a token, from the description that the system gives of itself. */
async function routes(): Promise<readonly { readonly method: string; readonly path: string }[]> {
  const { body } = await new ApiClient(sharedStack().url).get('/openapi.json');
  const Operation = z.looseObject({ security: z.array(z.unknown()).optional() });
  const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) }).parse(body);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security = [] }]) =>
      security.length === 0 ? [] : [{ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, anyId) }],
    ),
  );
}

/** The routes on which the API takes a token. From elsewhere, since `/metrics` asks nobody on this machine for one. */
async function takenOn(api: ApiClient, some: Awaited<ReturnType<typeof routes>>): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const { method, path } of some) {
    const options = { headers: { 'x-forwarded-for': '203.0.113.7' } };
    const { status, body } = await api.call<Problem | undefined>(method, path, undefined, options);
    if (status !== 401 || body?.type !== '/problems/invalid-token') taken.push(`${method} ${path}: ${status}`);
  }
  return taken;
}

describe('the access token of somebody', () => {
  it.each(Object.entries(ways))('the access token of somebody who %s is refused on every route', async (_, end) => {
    const whose = await somebodyWho(['manager', 'operator']);
    expect(await end(whose)).toBeLessThan(300);
    const asked = await routes();
    expect(asked.length).toBeGreaterThan(40);
    expect(await takenOn(whose.bench.client(whose.tokens), asked)).toEqual([]);
  });

  it.each(
    Object.entries(ways),
  )('the access token of an admin who %s is refused at once on the routes for admins, though it was just used', async (_, end) => {
    const whose = await somebodyWho(['admin']);
    const api = whose.bench.client(whose.tokens);
    for (const path of [users, `${users}/me`]) expect((await api.get(path)).status).toBe(200);
    expect(await end(whose)).toBeLessThan(300);
    const forAdmins = (await routes()).filter(({ path }) => path === users || path.startsWith(`${users}/${anyId}`));
    expect(forAdmins.length).toBeGreaterThan(4);
    expect(await takenOn(api, forAdmins)).toEqual([]);
  });

  it('the access token of somebody who was given a role besides is good, and has it from the next refresh on', async () => {
    const { id, tokens, admin, bench } = await somebodyWho(['sales']);
    bodyOf(await admin.put(`${users}/${id}/roles`, { roles: ['sales', 'manager'] }), 200);
    const product = { name: 'Lamp', price: 1 };
    expect((await bench.client(tokens).post('/api/v1/products', product)).status).toBe(403);
    const next = bench.client(bodyOf(await bench.refresh(tokens.refresh_token), 200));
    expect((await next.post('/api/v1/products', product)).status).toBe(201);
  });

  it('the access token of somebody who was demoted says to refresh, and the next has the roles that are left', async () => {
    const { id, tokens, admin, bench } = await somebodyWho(['manager', 'sales']);
    bodyOf(await admin.put(`${users}/${id}/roles`, { roles: ['sales'] }), 200);
    const { body } = await bench.client(tokens).get<Problem>('/api/v1/orders');
    expect(body.detail).toContain('refresh');
    const next = bench.client(bodyOf(await bench.refresh(tokens.refresh_token), 200));
    expect((await next.get('/api/v1/orders')).status).toBe(200);
    expect((await next.post('/api/v1/products', { name: 'Lamp', price: 1 })).status).toBe(403);
  });
});

describe('the access token of a program', () => {
  it('the access token of a program, which has no account and no session, is good until it expires', async () => {
    const { tenant } = identityBench();
    for (const sub of ['import', anyId]) {
      const api = await sharedStack().as('admin', { sub, tenant });
      expect((await api.get(users)).status).toBe(200);
    }
  });

  it('the access token of a program that acts for somebody ends with their account', async () => {
    const { id, admin, bench } = await somebodyWho(['sales']);
    const program = () => sharedStack().as('manager', { sub: id, tenant: bench.tenant });
    expect((await (await program()).get('/api/v1/orders')).status).toBe(200);
    bodyOf(await admin.post(`${users}/${id}/deactivate`), 200);
    expect((await (await program()).get('/api/v1/orders')).status).toBe(401);
    bodyOf(await admin.delete(`${users}/${id}`), 204);
    expect((await (await program()).get('/api/v1/orders')).status).toBe(401);
  });
});
