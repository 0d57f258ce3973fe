import { decodeJwt } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PasswordCost } from '../../functions/identity/password/password-cost.ts';
import { hashPassword } from '../../functions/identity/password/passwords.ts';
import { inTenant, password } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { cosmosDatabase } from '../rigs/clients/cosmos-database.ts';
import type { Page, Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { identityBench } from './identity-bench.ts';
import { sharedStack } from './open-shop.ts';

describe('logging in', () => {
  it('a login answers with tokens that identify the user, by form and by JSON', async () => {
    const bench = identityBench();
    const { user, tokens } = await bench.somebody();
    expect(tokens).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 900,
      device_token: expect.any(String),
    });
    const { iat = 0, ...claims } = decodeJwt(tokens.access_token);
    expect(claims).toMatchObject({ sub: user.id, tenant: bench.tenant, roles: ['customer'], iss: 'lagerhaus' });
    expect(claims).toMatchObject({ aud: 'lagerhaus', exp: iat + 900, jti: expect.any(String) });

    const form = await fetch(new URL('/api/v1/auth/login', bench.url), {
      method: 'POST',
      headers: { 'x-tenant': bench.tenant },
      body: new URLSearchParams({ username: 'ANN@example.com', password }),
    });
    expect([form.status, await form.json()]).toMatchObject([200, { token_type: 'bearer' }]);
  });

  it('a login answers a wrong password and an unknown address alike', async () => {
    const bench = identityBench();
    await bench.somebody();
    const answers = await Promise.all([
      bench.logIn<Problem>('ann@example.com', 'Wrong123'),
      bench.logIn<Problem>('nobody@example.com', 'Wrong123'),
    ]);
    const seen = answers.map(({ status, body: { instance: _, ...body }, headers }) => {
      const names = [...headers.keys()].filter((name) => name !== 'date' && name !== 'traceparent');
      return { status, body, names, challenge: headers.get('www-authenticate') };
    });
    expect(seen[0]).toMatchObject({ status: 401, body: { type: '/problems/wrong-credentials' }, challenge: 'Bearer' });
    expect(seen[1]).toEqual(seen[0]);
  });

  it('a login rehashes a password whose hash has another cost than configured', async () => {
    const bench = identityBench();
    const { user } = await bench.somebody();
    const database = cosmosDatabase(sharedStack().cosmos);
    onTestFinished(() => database.client.dispose());
    const { items } = database.container('identity');
    const query = {
      query: 'SELECT * FROM c WHERE c.id = @id',
      parameters: [{ name: '@id', value: `credential:${user.id}` }],
    };
    const credential = async () => (await items.query<{ passwordHash: string }>(query).fetchAll()).resources[0];

    const passwordHash = await hashPassword(password, PasswordCost.parse('memory:12,passes:3,lanes:1'));
    await items.upsert({ ...(await credential()), passwordHash });
    expect((await bench.logIn('ann@example.com', 'Wrong123')).status).toBe(401);
    expect(await credential()).toMatchObject({ passwordHash });
    expect((await bench.logIn('ann@example.com')).status).toBe(200);
    expect(await credential()).toMatchObject({
      passwordHash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
    });
    expect((await bench.logIn('ann@example.com')).status).toBe(200);
  });

  it.each<[string, [string, string][]]>([
    ['no password', [['username', 'ann@example.com']]],
    [
      'a username that is sent twice',
      [...Object.entries({ username: 'ann@example.com', password }), ['username', 'ann']],
    ],
  ])('a login with %s is refused', async (_, fields) => {
    const { url, tenant } = identityBench();
    const answer = await fetch(new URL('/api/v1/auth/login', url), {
      method: 'POST',
      headers: { 'x-tenant': tenant },
      body: new URLSearchParams(fields),
    });
    expect([answer.status, await answer.json()]).toMatchObject([422, { type: '/problems/invalid-body' }]);
  });

  it('a login by JSON with a field that is not known is refused', async () => {
    const bench = identityBench();
    const fields = { username: 'ann@example.com', password, role: 'admin' };
    const nobody = new ApiClient(bench.url);
    const { status, body } = await nobody.post<Problem>('/api/v1/auth/login', fields, inTenant(bench.tenant));
    expect([status, body.type]).toEqual([422, '/problems/invalid-body']);
  });

  it('a login stores no answer under an Idempotency-Key: each has its own tokens', async () => {
    const bench = identityBench();
    await bench.somebody();
    const logIn = () => bench.logIn('ann@example.com', password, { idempotencyKey: 'k' });
    const [one, other] = [bodyOf(await logIn(), 200), bodyOf(await logIn(), 200)];
    expect(one.refresh_token).not.toBe(other.refresh_token);
  });

  it('a login from a new device notifies the user, and one from a known device does not', async () => {
    const bench = identityBench();
    const from = (agent: string) => bench.logIn('ann@example.com', password, { headers: { 'user-agent': agent } });
    const { user, api } = await bench.somebody();
    const [first] = [await from('Firefox/140.0'), await from('Firefox/141.0'), await from('curl/8')];
    expect(first?.status).toBe(200);
    await eventually(async () => {
      const { items } = bodyOf(await api.get<Page<{ template: string }>>('/api/v1/notifications'), 200);
      expect(items.map(({ template }) => template)).toEqual(['new-device', 'new-device', 'welcome']);
    });
    expect(user.is_active).toBe(true);
  });
});
