import { describe, expect, it } from 'vitest';
import { RateLimiter } from '../http/rate-limiter.ts';
import { type Principal, roles } from '../security/principal.ts';
import { InvalidTokenError } from '../security/token-issuer.ts';
import type { TokenVerifier } from '../security/token-verifier.ts';
import { admit } from './admit.ts';

/** Tokens here are their holder's roles: `sales+customer`. */
const verify: TokenVerifier = async (token, check): Promise<Principal> => {
  check?.beforeWork?.();
  const held = token.split('+').map((name) => roles.find((role) => role === name));
  if (held.includes(undefined)) throw new InvalidTokenError('forged');
  return { sub: 'someone', tenant: 'acme', roles: held.filter((role) => role !== undefined) };
};
const start = Date.parse('2026-11-22T10:00:00.000Z');
const settings: Parameters<typeof admit>[2]['settings'] = {
  TRUSTED_PROXIES: 1,
  TENANTS: ['acme', 'main', 'other', 'a', 'b'],
};
const limiterOf = (burst: number) => new RateLimiter({ perSecond: 1, burst }, { now: () => new Date(start) });

function callerOf(
  route: Parameters<typeof admit>[0],
  given: Headers,
  verifyToken: TokenVerifier,
  limiter = limiterOf(1),
  authLimiter = limiterOf(1_000),
) {
  return admit(
    route,
    { url: 'http://127.0.0.1/', headers: given },
    { verifyToken, limiter, authLimiter, settings },
    { caller: undefined },
  );
}

const headers = (given: Readonly<Record<string, string>>) => new Headers(given);
const bearer = (token: string) => headers({ authorization: `Bearer ${token}`, 'x-tenant': 'other' });
const sales = { name: 'place-order', roles: ['customer', 'sales'] } as const;

describe('a route with roles', () => {
  it.each([
    'sales',
    'customer',
    'logistics+sales',
    'admin',
  ])('a route with roles admits %s, in the tenant of the token', async (token) => {
    expect(await callerOf(sales, bearer(token), verify)).toMatchObject({ sub: 'someone', tenant: 'acme' });
  });

  it.each([
    'warehouse',
    'operator+auditor',
  ])('a route with roles refuses %s and names the roles it needs', async (token) => {
    await expect(callerOf(sales, bearer(token), verify)).rejects.toMatchObject({
      status: 403,
      message: 'place-order needs one of the roles customer, sales.',
    });
  });

  it.each([
    {},
    { authorization: 'Basic c29tZW9uZTpwdw==' },
    { authorization: 'Bearer ' },
    { authorization: 'sales' },
  ])('a route with roles answers 401 to a request with the headers %j', async (given) => {
    await expect(callerOf(sales, headers(given), verify)).rejects.toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
    });
  });

  it('a route with roles refuses an invalid token', async () => {
    await expect(callerOf(sales, bearer('forged'), verify)).rejects.toBeInstanceOf(InvalidTokenError);
  });

  it('a route with roles refuses a good token of a tenant that is none here', async () => {
    const gone = async () => ({ sub: 'someone', tenant: 'gone', roles: ['sales' as const] });
    await expect(callerOf(sales, bearer('sales'), gone)).rejects.toMatchObject({ status: 400, code: 'invalid-tenant' });
  });

  it('a route with no role named admits only admins', async () => {
    const closed = { name: 'closed', roles: [] };
    expect(await callerOf(closed, bearer('admin'), verify)).toMatchObject({ roles: ['admin'] });
    await expect(callerOf(closed, bearer('manager'), verify)).rejects.toMatchObject({ status: 403 });
  });
});

describe('the end of a token', () => {
  it.each([
    ['a route for admins alone', ['admin'], 'now'],
    ['a route with no role named', [], 'now'],
    ['a route for others, too', ['admin', 'manager'], 'recent'],
  ] as const)('%s (%j) asks for an answer of %s', async (_, allowed, expected) => {
    const asked: unknown[] = [];
    const verifyToken: TokenVerifier = (token, check) => {
      asked.push(check?.freshness);
      return verify(token);
    };
    await callerOf({ name: 'list-users', roles: allowed }, bearer('admin'), verifyToken);
    expect(asked).toEqual([expected]);
  });
});

describe('a public route', () => {
  const open = { name: 'health', roles: 'public' } as const;

  it('a public route admits anybody without roles, whatever token they send', async () => {
    expect(await callerOf(open, bearer('admin'), verify)).toEqual({ sub: 'anonymous', tenant: 'other', roles: [] });
  });

  it('a public route uses the main tenant unless a header names another', async () => {
    expect(await callerOf(open, headers({}), verify)).toMatchObject({ tenant: 'main' });
  });

  it.each([
    'gone',
    'system',
    'Main',
    'a/b',
    '',
    'x'.repeat(41),
  ])('a public route refuses the tenant %j, which is none here', async (tenant) => {
    await expect(callerOf(open, headers({ 'x-tenant': tenant }), verify)).rejects.toMatchObject({ status: 400 });
  });
});

describe('the rate limit of callers', () => {
  const tooMany = { status: 429, code: 'too-many-requests', headers: { 'retry-after': '1' } };
  const open = { name: 'login', roles: 'public' } as const;
  const from = (address: string, more = {}) => headers({ 'x-forwarded-for': `1.2.3.4, ${address}`, ...more });

  it('the rate limit counts authenticated callers by name, whatever their address', async () => {
    const limiter = limiterOf(2);
    const call = (address: string) =>
      callerOf(sales, from(address, { authorization: 'Bearer sales' }), verify, limiter);
    await call('203.0.113.1:50000');
    await call('203.0.113.2:50000');
    await expect(call('203.0.113.3:50000')).rejects.toMatchObject(tooMany);
  });

  it('the rate limit counts callers of a public route by address, and ignores addresses they claim', async () => {
    const limiter = limiterOf(1);
    await callerOf(open, from('203.0.113.1:50000'), verify, limiter);
    await callerOf(open, from('203.0.113.2:50000'), verify, limiter);
    const again = headers({ 'x-forwarded-for': '9.9.9.9, 203.0.113.1:50001' });
    await expect(callerOf(open, again, verify, limiter)).rejects.toMatchObject(tooMany);
  });

  it('the rate limit counts requests with invalid tokens by address, so that guessing is limited', async () => {
    const limiter = limiterOf(1);
    const guess = () => callerOf(sales, from('203.0.113.1', { authorization: 'Bearer forged' }), verify, limiter);
    await expect(guess()).rejects.toBeInstanceOf(InvalidTokenError);
    await expect(guess()).rejects.toMatchObject(tooMany);
  });

  it('the rate limit counts a whole /64 of IPv6 addresses as one caller, however they are written', async () => {
    const limiter = limiterOf(1);
    await callerOf(open, from('[2001:db8::1]:50000'), verify, limiter);
    await callerOf(open, from('2001:db8:0:1::1'), verify, limiter);
    for (const same of ['2001:db8::2', '[2001:DB8:0:0:ffff::1]:443'])
      await expect(callerOf(open, from(same), verify, limiter)).rejects.toMatchObject(tooMany);
  });

  it('the rate limit spends no check on a token from an address that has sent too many forged ones', async () => {
    const limiter = limiterOf(3);
    let checked = 0;
    const forged: TokenVerifier = async (_token, check) => {
      check?.beforeWork?.();
      checked += 1;
      throw new InvalidTokenError('forged');
    };
    const guess = () => callerOf(sales, from('203.0.113.1', { authorization: 'Bearer x' }), forged, limiter);
    const guesses = await Promise.allSettled(Array.from({ length: 50 }, guess));
    expect(checked).toBe(3);
    expect(guesses.filter(({ status }) => status === 'fulfilled')).toEqual([]);
  });

  it('the rate limit lets any number of known callers call from one address', async () => {
    const limiter = limiterOf(2);
    const office =
      (sub: string): TokenVerifier =>
      async (_token, check) => {
        check?.beforeWork?.();
        return { sub, tenant: 'acme', roles: ['sales'] };
      };
    const request = from('203.0.113.1', { authorization: 'Bearer good' });
    for (let person = 0; person < 20; person += 1) await callerOf(sales, request, office(`person-${person}`), limiter);
    await callerOf(open, request, verify, limiter);
  });

  it('the rate limit lets those go on whose tokens are known, whatever others send from their address', async () => {
    const limiter = limiterOf(1);
    const known: TokenVerifier = async () => ({ sub: 'someone', tenant: 'acme', roles: ['sales'] });
    await callerOf(open, from('203.0.113.1'), verify, limiter);
    await callerOf(sales, from('203.0.113.1', { authorization: 'Bearer known' }), known, limiter);
  });

  it('the rate limit counts tokens that were ended by address, though their signature is known', async () => {
    const limiter = limiterOf(1);
    const ended: TokenVerifier = async () => {
      throw new InvalidTokenError('ended');
    };
    const call = () => callerOf(sales, from('203.0.113.1', { authorization: 'Bearer old' }), ended, limiter);
    await expect(call()).rejects.toBeInstanceOf(InvalidTokenError);
    await expect(call()).rejects.toMatchObject(tooMany);
  });

  it('the rate limit counts callers of the same name in different tenants separately', async () => {
    const limiter = limiterOf(1);
    const verifyIn = (tenant: string) => async () => ({ sub: 'someone', tenant, roles: ['sales' as const] });
    await callerOf(sales, bearer('a'), verifyIn('a'), limiter);
    await callerOf(sales, bearer('b'), verifyIn('b'), limiter);
  });

  it('routes that ask for passwords have a rate of their own besides, for the same callers', async () => {
    const [limiter, authLimiter] = [limiterOf(10), limiterOf(1)];
    const call = (route: Parameters<typeof admit>[0], address: string) =>
      callerOf(route, from(address), verify, limiter, authLimiter);
    const logIn = { ...open, rate: 'auth' } as const;
    await call(logIn, '203.0.113.1');
    await expect(call(logIn, '203.0.113.1')).rejects.toMatchObject(tooMany);
    await call(open, '203.0.113.1');
    await call(logIn, '203.0.113.2');
  });
});
