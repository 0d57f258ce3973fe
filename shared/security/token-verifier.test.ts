import { generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { accessTokenType } from './issue-token.ts';
import { createSigningKeys, type SigningKeys, signingAlgorithm } from './signing-keys.ts';
import { tokenVerifier } from './token-verifier.ts';

const start = Date.parse('2026-11-22T10:00:00.000Z');
const minute = 60_000;

/** What a good token says. */
const claims: JWTPayload = {
  sub: 'user-1',
  tenant: 'main',
  roles: ['sales'],
  iss: 'lagerhaus',
  aud: 'lagerhaus',
  exp: (start + 15 * minute) / 1_000,
};
const keys: SigningKeys = JSON.parse(await createSigningKeys());
const otherKeys: SigningKeys = JSON.parse(await createSigningKeys());

async function token(
  change: Readonly<Record<string, unknown>> = {},
  { by = keys, typ = accessTokenType } = {},
): Promise<string> {
  const [key] = by.keys;
  const header = { alg: signingAlgorithm, typ, kid: keys.keys[0]?.kid ?? '' };
  return new SignJWT({ ...claims, ...change }).setProtectedHeader(header).sign(await importJWK(key ?? {}));
}

/** A token that says that nobody signed it, which a careless verifier believes. */
function unsigned(): string {
  const part = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${part({ alg: 'none', typ: accessTokenType })}.${part(claims)}.`;
}

/** Signed with the public key as if it were a shared secret, which a careless verifier believes too. */
async function signedWithPublicKey(): Promise<string> {
  const secret = new TextEncoder().encode(JSON.stringify(keys.keys[0]?.x));
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: accessTokenType }).sign(secret);
}

async function otherAlgorithm(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: accessTokenType }).sign(privateKey);
}

function verifierAt(time = { now: start }) {
  const clock = { now: () => new Date(time.now), wait: async () => undefined };
  return tokenVerifier({ keys, issuer: 'lagerhaus', audience: 'lagerhaus', clock });
}

describe('a token', () => {
  it('tells who holds it', async () => {
    expect(await verifierAt()(await token())).toEqual({ sub: 'user-1', tenant: 'main', roles: ['sales'] });
  });

  it.each([
    ['that nobody signed', () => unsigned()],
    ['that was signed with what everybody knows', () => signedWithPublicKey()],
    ['that another kind of key signed', () => otherAlgorithm()],
    ['that somebody else signed under our key’s name', () => token({}, { by: otherKeys })],
    ['of another issuer', () => token({ iss: 'elsewhere' })],
    ['for another audience', () => token({ aud: 'elsewhere' })],
    ['that has expired', () => token({ exp: start / 1_000 - 1 })],
    ['that is not valid yet', () => token({ nbf: start / 1_000 + 60 })],
    ['that never expires', () => token({ exp: undefined })],
    ['of another type', () => token({}, { typ: 'JWT' })],
    ['without a subject', () => token({ sub: undefined })],
    ['without a tenant', () => token({ tenant: undefined })],
    ['of a tenant that could be two', () => token({ tenant: 'main/orders' })],
    ['without roles', () => token({ roles: undefined })],
    ['with a role that there is not', () => token({ roles: ['root'] })],
    ['that is none', () => 'garbage'],
    ['that is empty', () => ''],
  ])('%s is refused', async (_, make) => {
    await expect(verifierAt()(await make())).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('whose text was tampered with is refused, though the true one is remembered', async () => {
    const verify = verifierAt();
    const good = await token();
    await verify(good);
    const [header = '', , signature = ''] = good.split('.');
    const forged = Buffer.from(JSON.stringify({ ...claims, roles: ['admin'] })).toString('base64url');
    await expect(verify(`${header}.${forged}.${signature}`)).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('is remembered until it expires, and not a moment longer', async () => {
    const time = { now: start };
    const verify = verifierAt(time);
    const good = await token();
    const first = await verify(good);
    time.now += 15 * minute - 1;
    expect(await verify(good)).toBe(first);
    time.now += 1;
    await expect(verify(good)).rejects.toMatchObject({ name: 'InvalidToken' });
  });
});
