import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient } from '../rigs/clients/api-client.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

const stack = sharedStack();
/** Everything that the host and the app have said. */
const log = () => readFileSync(stack.functionsLog, 'utf8');

const Line = z.looseObject({ message: z.literal('request'), traceId: z.string(), route: z.string(), status: z.int() });

/** The lines of the request with this trace id, once there is one. */
function linesOf(traceId: string): Promise<readonly z.output<typeof Line>[]> {
  return eventually(() => {
    const lines = log()
      .split('\n')
      .filter((line) => line.includes('"message":"request"') && line.includes(traceId));
    if (lines.length === 0) throw new Error(`no line of ${traceId} yet`);
    return lines.map((line) => Line.parse(JSON.parse(line)));
  });
}

function trace() {
  const traceId = randomUUID().replaceAll('-', '');
  return { traceId, traceparent: `00-${traceId}-b7ad6b7169203331-01` };
}

it('a request is one line that says who did what, how it ended and what it cost', async () => {
  const shop = openShop();
  const { traceId, traceparent } = trace();
  const api = await shop.as('manager', { sub: 'mia' });
  await api.post('/api/v1/products/', { name: 'Thing', price: 1 }, { headers: { traceparent } });
  const [line, ...others] = await linesOf(traceId);
  expect(others).toEqual([]);
  expect(line).toMatchObject({ route: 'POST /api/v1/products', status: 201, sub: api.userId, tenant: shop.tenant });
  expect(z.object({ requestUnits: z.number(), durationMs: z.int() }).parse(line).requestUnits).toBeGreaterThan(5);
});

it('nothing secret that a client sends is in the log, wherever it stands', async () => {
  const secret = `hunter2-${randomUUID()}`;
  const token = await stack.token('admin', { tenant: openShop().tenant });
  const api = new ApiClient(stack.url, token);
  const { traceId, traceparent } = trace();
  const paths = [
    '/api/v1/products',
    '/api/v1/auth/login',
    '/api/v1/users/me/password',
    `/api/v1/orders/${secret}`,
    '/x',
  ];
  const bodies = [{ password: secret }, { name: secret, price: -1 }, `{"password":"${secret}"`, `password=${secret}`];
  const asks = paths.flatMap((path) => [
    ...bodies.map((body) => api.post(path, body)),
    api.get(`${path}?password=${secret}&continuation=${secret}`),
    api.get(path, { headers: { 'x-api-key': secret, cookie: `session=${secret}`, 'x-tenant': secret } }),
    new ApiClient(stack.url, secret).get(path),
    new ApiClient(stack.url, `${token}${secret}`).get(path),
    api.post(path, { name: 'x', price: 1 }, { idempotencyKey: secret }),
  ]);
  await Promise.all(asks);
  await api.get(`/health?password=${secret}`, { headers: { traceparent } });
  await linesOf(traceId);

  const written = log();
  expect(written).not.toContain(secret);
  for (const part of token.split('.')) expect(written).not.toContain(part);
});

it('a failed login is a line that names the account, if there is one, and where it was tried from', async () => {
  const shop = openShop();
  const api = await shop.as('manager', { sub: 'mia' });
  const { body: me } = await api.get<{ email: string }>('/api/v1/users/me');
  const tried = async (username: string) => {
    const { traceId, traceparent } = trace();
    const headers = { traceparent, 'x-tenant': shop.tenant };
    const { status } = await new ApiClient(stack.url).post(
      '/api/v1/auth/login',
      { username, password: 'wrong' },
      { headers },
    );
    expect(status).toBe(401);
    return (await linesOf(traceId))[0];
  };
  const refused = { sub: 'anonymous', tenant: shop.tenant, address: '127.0.0.0/24', problem: 'wrong-credentials' };
  expect(await tried(me.email)).toMatchObject({ ...refused, account: api.userId });
  expect(await tried('nobody@example.com')).not.toHaveProperty('account');
});
