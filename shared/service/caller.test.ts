import { describe, expect, it } from 'vitest';
import { type Principal, roles } from '../security/principal.ts';
import { InvalidToken } from '../security/token-verifier.ts';
import { callerOf } from './caller.ts';

/** Tokens here are their holder's roles: `sales+customer`. */
const verify = async (token: string): Promise<Principal> => {
  const held = token.split('+').map((name) => roles.find((role) => role === name));
  if (held.includes(undefined)) throw new InvalidToken('forged');
  return { sub: 'someone', tenant: 'acme', roles: held.filter((role) => role !== undefined) };
};
const headers = (given: Readonly<Record<string, string>>) => new Headers(given);
const bearer = (token: string) => headers({ authorization: `Bearer ${token}`, 'x-tenant': 'other' });
const sales = { name: 'place-order', roles: ['customer', 'sales'] } as const;

describe('a route for some roles', () => {
  it.each([
    'sales',
    'customer',
    'logistics+sales',
    'admin',
  ])('lets %s in, in the tenant of the token', async (token) => {
    expect(await callerOf(sales, bearer(token), verify)).toMatchObject({ sub: 'someone', tenant: 'acme' });
  });

  it.each(['warehouse', 'operator+auditor'])('keeps %s out, and says who may', async (token) => {
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
  ])('asks whoever sends %o for a token', async (given) => {
    await expect(callerOf(sales, headers(given), verify)).rejects.toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
    });
  });

  it('refuses a token that is not valid', async () => {
    await expect(callerOf(sales, bearer('forged'), verify)).rejects.toBeInstanceOf(InvalidToken);
  });

  it('that names no role is for admins alone', async () => {
    const closed = { name: 'closed', roles: [] };
    expect(await callerOf(closed, bearer('admin'), verify)).toMatchObject({ roles: ['admin'] });
    await expect(callerOf(closed, bearer('manager'), verify)).rejects.toMatchObject({ status: 403 });
  });
});

describe('a public route', () => {
  const open = { name: 'health', roles: 'public' } as const;

  it('takes anybody, with no role, whatever token they send', async () => {
    expect(await callerOf(open, bearer('admin'), verify)).toEqual({ sub: 'anonymous', tenant: 'other', roles: [] });
  });

  it('is of the main tenant where no header says otherwise', async () => {
    expect(await callerOf(open, headers({}), verify)).toMatchObject({ tenant: 'main' });
  });

  it.each(['Main', 'a/b', '', 'x'.repeat(41)])('refuses a tenant that there cannot be: %j', async (tenant) => {
    await expect(callerOf(open, headers({ 'x-tenant': tenant }), verify)).rejects.toMatchObject({ status: 400 });
  });
});
