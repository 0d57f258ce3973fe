import { describe, expect, it } from 'vitest';
import type { User } from '../rigs/clients/accounts.ts';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { identityBench } from './identity-bench.ts';
import { sharedStack } from './open-shop.ts';

interface Session {
  readonly id: string;
  readonly device: string;
  readonly started_at: string;
  readonly last_used_at: string;
  readonly expires_at: string;
  readonly is_current: boolean;
}

describe('a session', () => {
  it('a session is refreshed by its refresh token, which is replaced each time', async () => {
    const bench = identityBench();
    const { tokens } = await bench.somebody();
    const next = bodyOf(await bench.refresh(tokens.refresh_token), 200);
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    expect((await bench.client(next).get('/api/v1/users/me')).status).toBe(200);
    expect((await bench.refresh(next.refresh_token)).status).toBe(200);
  });

  it('a session ends for everybody when a refresh token is used that another has followed twice, and security is notified', async () => {
    const bench = identityBench();
    const { user, tokens } = await bench.somebody();
    const other = bodyOf(await bench.logIn('ann@example.com'), 200);
    await using bus = await sharedStack().observe('identity-events', 'platform-events');
    const next = bodyOf(await bench.refresh(tokens.refresh_token), 200);
    const newest = bodyOf(await bench.refresh(next.refresh_token), 200);
    const again = await bench.refresh<Problem>(tokens.refresh_token);
    expect([again.status, again.body.type]).toEqual([401, '/problems/invalid-refresh-token']);
    for (const one of [next, newest]) expect((await bench.refresh(one.refresh_token)).status).toBe(401);
    expect((await bench.client(newest).get('/api/v1/users/me')).status).toBe(401);
    expect((await bench.refresh(other.refresh_token)).status).toBe(200);
    await eventually(() => {
      const of = (type: string) =>
        bus.events(type).flatMap(({ envelope }) => (envelope.tenantid === bench.tenant ? [envelope.data] : []));
      expect(of('user.logout')).toMatchObject([{ userId: user.id, reason: 'token-reused' }]);
      expect(of('security.event')).toMatchObject([{ subject: `sessions/${user.id}`, kind: 'refresh-token-reused' }]);
    });
  });

  it('two tabs that refresh a session at once go on with the same refresh token', async () => {
    const bench = identityBench();
    const { tokens } = await bench.somebody();
    const answers = await Promise.all(Array.from({ length: 8 }, () => bench.refresh(tokens.refresh_token)));
    const given = answers.map((answer) => bodyOf(answer, 200));
    expect(new Set(given.map(({ refresh_token }) => refresh_token)).size).toBe(1);
    for (const one of given) expect((await bench.client(one).get('/api/v1/users/me')).status).toBe(200);
    expect(bodyOf(await bench.refresh(tokens.refresh_token), 200).refresh_token).toBe(given[0]?.refresh_token);
    expect((await bench.refresh(given[0]?.refresh_token ?? '')).status).toBe(200);
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

describe('the sessions of somebody', () => {
  const sessions = '/api/v1/users/me/sessions';
  const from = (userAgent: string) => ({ headers: { 'user-agent': userAgent } });
  const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';

  /** Ann, logged in by Firefox, and then by curl, whose token is used from here on. */
  async function loggedInTwice() {
    const bench = identityBench();
    bodyOf(await bench.register('ann@example.com'), 201);
    const logIn = async (userAgent: string) =>
      bodyOf(await bench.logIn('ann@example.com', undefined, from(userAgent)), 200);
    const [byFirefox, byCurl] = [await logIn(firefox), await logIn('curl/8.5.0')];
    const api = bench.client(byCurl);
    const list = async () => bodyOf(await api.get<{ items: readonly Session[] }>(sessions), 200).items;
    return { bench, byFirefox, byCurl, api, list };
  }

  it('the sessions of somebody are listed with their device, when they were used, and which is the current one', async () => {
    const { bench, byFirefox, list } = await loggedInTwice();
    expect(await list()).toMatchObject([
      { device: 'curl', is_current: true },
      { device: 'Firefox on Windows', is_current: false },
    ]);
    bodyOf(await bench.refresh(byFirefox.refresh_token), 200);
    const [newest, other] = await list();
    expect([newest?.device, other?.device]).toEqual(['Firefox on Windows', 'curl']);
    expect(new Date(newest?.last_used_at ?? 0).getTime()).toBeGreaterThan(new Date(newest?.started_at ?? 0).getTime());
    expect(new Date(newest?.expires_at ?? 0).getTime()).toBeGreaterThan(Date.now());
  });

  it('somebody can end one of their sessions, and its tokens end with it', async () => {
    const { bench, byFirefox, api, list } = await loggedInTwice();
    await using bus = await sharedStack().observe('identity-events');
    const other = (await list()).find(({ is_current }) => !is_current);
    expect((await api.delete(`${sessions}/${other?.id}`)).status).toBe(204);
    expect((await api.delete(`${sessions}/${other?.id}`)).status).toBe(404);
    expect(await list()).toMatchObject([{ is_current: true }]);
    expect((await bench.refresh(byFirefox.refresh_token)).status).toBe(401);
    expect((await bench.client(byFirefox).get('/api/v1/products')).status).toBe(401);
    await eventually(() =>
      expect(bus.events('user.logout').map(({ envelope }) => envelope.data)).toContainEqual(
        expect.objectContaining({ sessionId: other?.id, reason: 'logout' }),
      ),
    );
  });

  it('somebody cannot end a session of somebody else', async () => {
    const [ann, bob] = [await loggedInTwice(), await identityBench().somebody('bob@example.com')];
    for (const { id } of await ann.list()) expect((await bob.api.delete(`${sessions}/${id}`)).status).toBe(404);
    expect(await ann.list()).toHaveLength(2);
  });

  it('somebody can log out everywhere else, and everywhere', async () => {
    const { bench, byFirefox, byCurl, api, list } = await loggedInTwice();
    expect((await api.delete(`${sessions}?except=current`)).status).toBe(204);
    expect(await list()).toMatchObject([{ is_current: true }]);
    expect((await bench.client(byFirefox).get('/api/v1/products')).status).toBe(401);
    expect((await api.delete(sessions)).status).toBe(204);
    for (const { refresh_token } of [byFirefox, byCurl]) expect((await bench.refresh(refresh_token)).status).toBe(401);
    expect((await bench.logIn('ann@example.com')).status).toBe(200);
  });

  it('admins can list and end the sessions of a user, who may log in again', async () => {
    const { bench, byCurl } = await loggedInTwice();
    const admin = await bench.admin();
    const { id } = bodyOf(await bench.client(byCurl).get<User>('/api/v1/users/me'), 200);
    const theirs = `/api/v1/users/${id}/sessions`;
    const list = async () => bodyOf(await admin.get<{ items: readonly Session[] }>(theirs), 200).items;
    expect(await list()).toMatchObject([
      { device: 'curl', is_current: false },
      { device: 'Firefox on Windows', is_current: false },
    ]);
    for (const _ of ['once', 'and again']) expect((await admin.delete(theirs)).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await bench.refresh(byCurl.refresh_token)).status).toBe(401);
    expect((await bench.logIn('ann@example.com')).status).toBe(200);
    const nobodys = theirs.replace(id, '01890000-0000-7000-8000-000000000000');
    for (const call of [admin.get, admin.delete]) expect((await call(nobodys)).status).toBe(404);
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
