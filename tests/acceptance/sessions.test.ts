import { describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { identityBench } from './identity-bench.ts';
import { sharedStack } from './open-shop.ts';

describe('a session', () => {
  it('a session is refreshed by its refresh token, which is replaced each time', async () => {
    const bench = identityBench();
    const { tokens } = await bench.somebody();
    const next = bodyOf(await bench.refresh(tokens.refresh_token), 200);
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    expect((await bench.client(next).get('/api/v1/users/me')).status).toBe(200);
    expect((await bench.refresh(next.refresh_token)).status).toBe(200);
  });

  it('a session ends for everybody when a refresh token is used twice, and security is notified', async () => {
    const bench = identityBench();
    const { user, tokens } = await bench.somebody();
    const other = bodyOf(await bench.logIn('ann@example.com'), 200);
    await using bus = await sharedStack().observe('identity-events', 'platform-events');
    const next = bodyOf(await bench.refresh(tokens.refresh_token), 200);
    const again = await bench.refresh<Problem>(tokens.refresh_token);
    expect([again.status, again.body.type]).toEqual([401, '/problems/invalid-refresh-token']);
    expect((await bench.refresh(next.refresh_token)).status).toBe(401);
    expect((await bench.refresh(other.refresh_token)).status).toBe(200);
    await eventually(() => {
      const of = (type: string) =>
        bus.events(type).flatMap(({ envelope }) => (envelope.tenantid === bench.tenant ? [envelope.data] : []));
      expect(of('user.logout')).toMatchObject([{ userId: user.id, reason: 'token-reused' }]);
      expect(of('security.event')).toMatchObject([{ subject: `sessions/${user.id}`, kind: 'refresh-token-reused' }]);
    });
  });

  it('a session is refreshed by at most one of many concurrent requests', async () => {
    const bench = identityBench();
    const { tokens } = await bench.somebody();
    const answers = await Promise.all(Array.from({ length: 8 }, () => bench.refresh(tokens.refresh_token)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeLessThanOrEqual(1);
    for (const { body } of good) expect((await bench.refresh(body.refresh_token)).status).toBe(401);
  });

  it('a session ends with a logout, which can be repeated', async () => {
    const bench = identityBench();
    const { tokens } = await bench.somebody();
    expect((await bench.logOut(tokens.refresh_token)).status).toBe(204);
    expect((await bench.logOut(tokens.refresh_token)).status).toBe(204);
    expect((await bench.refresh(tokens.refresh_token)).status).toBe(401);
  });

  it.each(['x', 'a.b.c.d', '../../user:1'])('a session is not refreshed by the invalid token %j', async (token) => {
    const bench = identityBench();
    expect((await bench.refresh(token)).status).toBe(401);
    expect((await bench.logOut(token)).status).toBe(204);
  });

  it('an access token cannot refresh a session, and a refresh token gives no access', async () => {
    const bench = identityBench();
    const { tokens } = await bench.somebody();
    expect((await bench.refresh(tokens.access_token)).status).toBe(401);
    const swapped = bench.client({ ...tokens, access_token: tokens.refresh_token });
    expect((await swapped.get('/api/v1/users/me')).status).toBe(401);
  });
});

describe('changing the password', () => {
  it('changing the password needs the old one, and ends the other sessions', async () => {
    const bench = identityBench();
    const { tokens, api } = await bench.somebody();
    const other = bodyOf(await bench.logIn('ann@example.com'), 200);
    const change = (old_password: string, new_password: string) =>
      api.post<Problem>('/api/v1/users/me/password', { old_password, new_password });
    expect((await change('Wrong123', 'Better123')).status).toBe(401);
    expect((await change('Admin123', 'better')).body.type).toBe('/problems/weak-password');
    expect((await change('Admin123', 'Better123')).status).toBe(204);
    expect((await bench.refresh(other.refresh_token)).status).toBe(401);
    expect((await bench.refresh(tokens.refresh_token)).status).toBe(200);
    expect((await bench.logIn('ann@example.com', 'Admin123')).status).toBe(401);
    expect((await bench.logIn('ann@example.com', 'Better123')).status).toBe(200);
  });
});
