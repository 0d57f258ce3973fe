import { describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { identityBench } from './identity-bench.ts';
import { sharedStack } from './open-shop.ts';

describe('a session', () => {
  it('goes on by its refresh token, which is another each time', async () => {
    const bench = identityBench();
    const { tokens } = await bench.somebody();
    const next = bodyOf(await bench.refresh(tokens.refresh_token), 200);
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    expect((await bench.client(next).get('/api/v1/users/me')).status).toBe(200);
    expect((await bench.refresh(next.refresh_token)).status).toBe(200);
  });

  it('ends when a token is used twice, for the thief and for the robbed, and security hears of it', async () => {
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

  it('is gone on with by one of many at once at most', async () => {
    const bench = identityBench();
    const { tokens } = await bench.somebody();
    const answers = await Promise.all(Array.from({ length: 8 }, () => bench.refresh(tokens.refresh_token)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeLessThanOrEqual(1);
    for (const { body } of good) expect((await bench.refresh(body.refresh_token)).status).toBe(401);
  });

  it('ends by logging out, as often as one likes', async () => {
    const bench = identityBench();
    const { tokens } = await bench.somebody();
    expect((await bench.logOut(tokens.refresh_token)).status).toBe(204);
    expect((await bench.logOut(tokens.refresh_token)).status).toBe(204);
    expect((await bench.refresh(tokens.refresh_token)).status).toBe(401);
  });

  it.each(['x', 'a.b.c.d', '../../user:1'])('is not gone on with by what is no token: %j', async (token) => {
    const bench = identityBench();
    expect((await bench.refresh(token)).status).toBe(401);
    expect((await bench.logOut(token)).status).toBe(204);
  });

  it('is not what an access token stands for, nor the other way round', async () => {
    const bench = identityBench();
    const { tokens } = await bench.somebody();
    expect((await bench.refresh(tokens.access_token)).status).toBe(401);
    const swapped = bench.client({ ...tokens, access_token: tokens.refresh_token });
    expect((await swapped.get('/api/v1/users/me')).status).toBe(401);
  });
});

describe('changing the password', () => {
  it('takes the old one, and ends the other sessions', async () => {
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
