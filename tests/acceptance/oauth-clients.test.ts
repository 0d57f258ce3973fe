import { describe, expect, it } from 'vitest';
import { password } from '../rigs/clients/accounts.ts';
import { identityBench } from './identity-bench.ts';

/** An OAuth client of a tenant, which sends forms with what every client of its kind sends. */
async function oauthClient() {
  const bench = identityBench();
  await bench.register('ann@example.com');
  const send = async (path: string, parameters: Readonly<Record<string, string>>) => {
    const answer = await fetch(new URL(`/api/v1/auth/${path}`, bench.url), {
      method: 'POST',
      headers: { 'x-tenant': bench.tenant },
      body: new URLSearchParams({ client_id: 'web', scope: '', audience: 'shop', ...parameters }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const logIn = () => send('login', { grant_type: 'password', username: 'ann@example.com', password });
  return { send, logIn };
}

describe('an OAuth client', () => {
  it('an OAuth client logs in, refreshes and revokes by the parameters that OAuth names, beside others', async () => {
    const { send, logIn } = await oauthClient();
    const first = await logIn();
    expect(first).toMatchObject({ status: 200, body: { token_type: 'bearer', expires_in: 900 } });
    const refresh = (token: string) => send('refresh', { grant_type: 'refresh_token', refresh_token: token });
    const next = await refresh(first.body.refresh_token);
    expect(next).toMatchObject({ status: 200, body: { token_type: 'bearer' } });
    const revoked = await send('logout', { token: next.body.refresh_token, token_type_hint: 'refresh_token' });
    expect(revoked.status).toBe(204);
    expect((await refresh(next.body.refresh_token)).status).toBe(401);
  });

  it.each([
    ['login', { grant_type: 'client_credentials', username: 'ann@example.com', password }, 'unsupported-grant-type'],
    ['refresh', { grant_type: 'password', refresh_token: 'x' }, 'unsupported-grant-type'],
    ['refresh', { grant_type: 'refresh_token', refresh_token: '' }, 'invalid-body'],
    ['logout', { token_type_hint: 'refresh_token' }, 'invalid-body'],
    ['logout', { token: 'x', refresh_token: 'x' }, 'invalid-body'],
  ])('a request of an OAuth client to %s with %j is refused as %s', async (path, parameters, code) => {
    const { send } = await oauthClient();
    expect(await send(path, parameters)).toMatchObject({ status: 422, body: { type: `/problems/${code}` } });
  });
});
