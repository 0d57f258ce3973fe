import { createPublicKey } from 'node:crypto';
import { generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { accessTokenType } from './issue-token.ts';
import { type OwnTokens, ownIssuer } from './own-issuer.ts';
import {
  createSigningKeys,
  publicKeys,
  rotateSigningKeys,
  type SigningKeys,
  signingAlgorithm,
} from './signing-keys.ts';
import { tokenVerifier } from './token-verifier.ts';
import type { Freshness } from './why-ended.ts';

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
  { by = keys, typ = accessTokenType, kid = keys.keys[0]?.kid ?? '' } = {},
): Promise<string> {
  const [key] = by.keys;
  const header = { alg: signingAlgorithm, typ, kid };
  return new SignJWT({ ...claims, ...change }).setProtectedHeader(header).sign(await importJWK(key ?? {}));
}

/** A token that says that nobody signed it, which a careless verifier believes. */
function unsigned(): string {
  const part = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${part({ alg: 'none', typ: accessTokenType })}.${part(claims)}.`;
}

/** Signed with the public key as if it were a shared secret, in each form that it is handed out in: a careless verifier believes it. */
async function signedWithPublicKey(form: 'jwk' | 'spki' | 'x'): Promise<string> {
  const [key = {}] = publicKeys(keys, new Date(start)).keys;
  const secrets = {
    jwk: () => JSON.stringify(key),
    spki: () => createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
    x: () => keys.keys[0]?.x,
  };
  const secret = new TextEncoder().encode(String(secrets[form]()));
  const header = { alg: 'HS256', typ: accessTokenType, kid: keys.keys[0]?.kid ?? '' };
  return new SignJWT(claims).setProtectedHeader(header).sign(secret);
}

async function otherAlgorithm(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: accessTokenType }).sign(privateKey);
}

function verifierAt(time = { now: start }, source = { keys }, whyEnded?: OwnTokens['whyEnded']) {
  const clock = { now: () => new Date(time.now) };
  const own = { now: () => source.keys, recent: () => source.keys };
  const issuer = ownIssuer({ keys: own, issuer: 'lagerhaus', audience: 'lagerhaus', whyEnded, clock });
  return tokenVerifier([issuer], clock);
}

describe('an access token', () => {
  it('an access token tells subject, tenant and roles', async () => {
    expect(await verifierAt()(await token())).toEqual({ sub: 'user-1', tenant: 'main', roles: ['sales'] });
  });

  it.each([
    ['without a signature', () => unsigned()],
    ['signed with the public key as JWK', () => signedWithPublicKey('jwk')],
    ['signed with the public key as PEM', () => signedWithPublicKey('spki')],
    ['signed with the public key as a number', () => signedWithPublicKey('x')],
    ['signed by another algorithm', () => otherAlgorithm()],
    ['signed by a foreign key under our key id', () => token({}, { by: otherKeys })],
    ['of another issuer', () => token({ iss: 'elsewhere' })],
    ['for another audience', () => token({ aud: 'elsewhere' })],
    ['that has expired', () => token({ exp: start / 1_000 - 1 })],
    ['that is not valid yet', () => token({ nbf: start / 1_000 + 60 })],
    ['that never expires', () => token({ exp: undefined })],
    ['of another type', () => token({}, { typ: 'JWT' })],
    ['of the type of refresh tokens', () => token({}, { typ: 'rt+jwt' })],
    ['with an unknown key id', () => token({}, { kid: 'unknown' })],
    ['without an issuer', () => token({ iss: undefined })],
    ['without a subject', () => token({ sub: undefined })],
    ['with a subject that no path can name', () => token({ sub: '..' })],
    ['with a subject that no id can be', () => token({ sub: 'a/b' })],
    ['without a tenant', () => token({ tenant: undefined })],
    ['with a slash in its tenant', () => token({ tenant: 'main/orders' })],
    ['without roles', () => token({ roles: undefined })],
    ['with an unknown role', () => token({ roles: ['root'] })],
    ['that is garbage', () => 'garbage'],
    ['that is empty', () => ''],
  ])('an access token %s is refused', async (_, make) => {
    await expect(verifierAt()(await make())).rejects.toMatchObject({ name: 'InvalidTokenError' });
  });

  it('an access token that was tampered with is refused, even if the original is cached', async () => {
    const verify = verifierAt();
    const good = await token();
    await verify(good);
    const [header = '', , signature = ''] = good.split('.');
    const forged = Buffer.from(JSON.stringify({ ...claims, roles: ['admin'] })).toString('base64url');
    await expect(verify(`${header}.${forged}.${signature}`)).rejects.toMatchObject({ name: 'InvalidTokenError' });
  });

  it('an access token is cached until it expires and not longer', async () => {
    const time = { now: start };
    const verify = verifierAt(time);
    const good = await token();
    const first = await verify(good);
    time.now += 15 * minute - 1;
    expect(await verify(good)).toBe(first);
    time.now += 1;
    await expect(verify(good)).rejects.toMatchObject({ name: 'InvalidTokenError' });
  });
});

describe('the work of looking at an access token', () => {
  it('an access token is only looked at after whoever counts that was told, and once it is known only where its end is asked for anew', async () => {
    const verify = verifierAt({ now: start }, { keys });
    const good = await token();
    let told = 0;
    const beforeWork = () => {
      told += 1;
    };
    await verify(good, { beforeWork });
    await verify(good, { beforeWork });
    expect(told).toBe(1);
    await verify(good, { beforeWork, freshness: 'now' });
    expect(told).toBe(2);
    const refusing = () => {
      throw new Error('too many');
    };
    await expect(verify(await token({}, { by: otherKeys }), { beforeWork: refusing })).rejects.toThrow('too many');
    await expect(verify('nonsense', { beforeWork: refusing })).rejects.toThrow('too many');
  });
});

describe('an access token that is ended', () => {
  const ended = { name: 'InvalidTokenError', message: 'the session has ended' };
  /** Verifies a token whose end, and what keeps that from being known, a test sets. */
  async function endable() {
    const [time, says] = [{ now: start }, { ended: false, away: false, asked: 0 }];
    const verify = verifierAt(time, { keys }, async ({ sub }) => {
      says.asked += 1;
      if (says.away) throw new Error('away');
      return says.ended && sub === 'user-1' ? ended.message : undefined;
    });
    const good = await token();
    return { time, says, shown: (freshness?: Freshness) => verify(good, freshness && { freshness }) };
  }

  it('an access token that is ended is refused within half a minute, and at once where that is asked for', async () => {
    const { time, says, shown } = await endable();
    await shown();
    says.ended = true;
    await expect(shown()).resolves.toMatchObject({ sub: 'user-1' });
    await expect(shown('now')).rejects.toMatchObject(ended);
    await expect(shown()).rejects.toMatchObject(ended);
    says.ended = false;
    time.now += minute / 2;
    await expect(shown()).resolves.toMatchObject({ sub: 'user-1' });
  });

  it('it is asked once in half a minute whether an access token was ended, however many requests come with it at once', async () => {
    const { time, says, shown } = await endable();
    await Promise.all(Array.from({ length: 20 }, () => shown()));
    await shown();
    expect(says.asked).toBe(1);
    time.now += minute / 2;
    await Promise.all(Array.from({ length: 20 }, () => shown()));
    expect(says.asked).toBe(2);
  });

  it('while nobody knows whether an access token was ended, it is accepted for five minutes if it was before', async () => {
    const { time, says, shown } = await endable();
    says.away = true;
    await expect(shown()).rejects.toThrow('away');
    says.away = false;
    await shown();
    says.away = true;
    time.now += 5 * minute - 1;
    await expect(shown()).resolves.toMatchObject({ sub: 'user-1' });
    await expect(shown('now')).rejects.toThrow('away');
    time.now += 1;
    await expect(shown()).rejects.toThrow('away');
  });

  it('while nobody knows whether an access token was ended, it stays refused if it was before', async () => {
    const { time, says, shown } = await endable();
    says.ended = true;
    await expect(shown()).rejects.toMatchObject(ended);
    says.away = true;
    time.now += minute;
    await expect(shown()).rejects.toMatchObject(ended);
  });
});

describe('the rotation of signing keys', () => {
  const now = new Date(start);
  const rotated = async (set: SigningKeys, retireAfterMs: number): Promise<SigningKeys> =>
    JSON.parse(await rotateSigningKeys(set, { now, retireAfterMs }));

  it('tokens of the new and the old signing key are valid until the old one retires', async () => {
    const time = { now: start };
    const source = { keys };
    const verify = verifierAt(time, source);
    const old = await token();
    await verify(old);
    source.keys = await rotated(keys, 5 * minute);
    const fresh = await token({}, { by: source.keys, kid: source.keys.keys[0]?.kid ?? '' });
    await expect(Promise.all([verify(old), verify(fresh)])).resolves.toHaveLength(2);
    time.now += 5 * minute;
    await expect(verify(old)).rejects.toMatchObject({ name: 'InvalidTokenError' });
    await expect(verify(fresh)).resolves.toMatchObject({ sub: 'user-1' });
  });

  it('tokens of a signing key that retires at once are refused, even if they are cached', async () => {
    const source = { keys };
    const verify = verifierAt({ now: start }, source);
    const stolen = await token();
    await verify(stolen);
    source.keys = await rotated(keys, 0);
    await expect(verify(stolen)).rejects.toMatchObject({ name: 'InvalidTokenError' });
  });

  it('a rotation puts the current signing key first and removes retired ones', async () => {
    const twice = await rotated(await rotated(keys, minute), 2 * minute);
    const [, second, third] = twice.keys;
    expect(twice.keys).toHaveLength(3);
    expect([second?.exp, third?.exp]).toEqual([start / 1_000 + 120, start / 1_000 + 60]);
    expect(third?.kid).toBe(keys.keys[0]?.kid);
    expect((await rotated(await rotated(keys, 0), 0)).keys).toHaveLength(1);
  });

  it('only the public part of signing keys is published', async () => {
    const everybodys = publicKeys(await rotated(keys, minute), now).keys;
    expect(everybodys.map((key) => Object.keys(key).sort())).toEqual([
      ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
      ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
    ]);
  });
});
