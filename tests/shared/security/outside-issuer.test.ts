import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outsideIssuer } from '../../../shared/security/outside-issuer.ts';
import { remoteKeys } from '../../../shared/security/remote-keys.ts';
import { tokenVerifier } from '../../../shared/security/token-verifier.ts';
import { TrustedIssuers } from '../../../shared/security/trusted-issuers.ts';
import { OwnClock } from '../../rigs/kernel/own-clock.ts';

const audience = 'api-of-lagerhaus';
const clock = new OwnClock();
const inSeconds = (seconds: number) => Math.floor(clock.now().getTime() / 1_000) + seconds;

async function keyPair(kid: string, alg = 'RS256') {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** An OpenID Connect issuer that a test owns: its keys, whether it answers, and how often it was asked. */
async function issuerOnTheNet() {
  const current = await keyPair('k1');
  const state = { keys: [current], asked: { discovery: 0, keys: 0 }, isAway: false, claimedIssuer: '' };
  const server = createServer((request, response) => {
    const isDiscovery = request.url === '/tenant/v2.0/.well-known/openid-configuration';
    state.asked[isDiscovery ? 'discovery' : 'keys'] += 1;
    response.statusCode = state.isAway ? 503 : 200;
    const document = { issuer: state.claimedIssuer, jwks_uri: `${origin}/keys` };
    response.end(JSON.stringify(isDiscovery ? document : { keys: state.keys.map(({ jwk }) => jwk) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const issuer = `${origin}/tenant/v2.0`;
  state.claimedIssuer = issuer;
  const claims: JWTPayload = { iss: issuer, aud: audience, sub: 'ann', roles: ['Shop.Sales'], exp: inSeconds(600) };
  return {
    state,
    issuer,
    claims,
    token: (change: Readonly<Record<string, unknown>> = {}, { by = current, typ = 'JWT' } = {}) =>
      new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: by.alg, kid: by.kid, typ }).sign(by.privateKey),
  };
}

type Net = Awaited<ReturnType<typeof issuerOnTheNet>>;

function verifierOf({ issuer }: Net, change: object = {}, cooldownMs?: number) {
  const setting = {
    name: 'entra',
    issuer,
    audience,
    tenant: 'acme',
    roles: { values: { 'Shop.Sales': ['sales'], 'Shop.Boss': ['manager', 'sales'] } },
    ...change,
  };
  const trusted = TrustedIssuers.parse(JSON.stringify([setting]));
  return tokenVerifier(
    trusted.map((one) => outsideIssuer(one, remoteKeys(one, cooldownMs))),
    clock,
  );
}

const refused = { name: 'InvalidTokenError' };

describe('a token of an outside issuer', () => {
  it.each([
    'ann+x@corp.test',
    'a/b',
    'CN=ann,O=x',
    'a#b',
    'x'.repeat(200),
    `sha256:${'0'.repeat(64)}`,
  ])('a subject that fits no id or path here is known by its hash, one person under one: %s', async (sub) => {
    const net = await issuerOnTheNet();
    const subs: string[] = [];
    for (const name of [sub, sub, `${sub.slice(0, -1)}?`])
      subs.push((await verifierOf(net)(await net.token({ sub: name }))).sub);
    expect(subs[0]).toMatch(/^entra:sha256:[\da-f]{64}$/);
    expect([subs[1], subs[2] === subs[0]]).toEqual([subs[0], false]);
  });

  it('a token of an outside issuer is mapped to a prefixed subject, its tenant and our roles', async () => {
    const net = await issuerOnTheNet();
    const verify = verifierOf(net);
    const both = await net.token({ roles: ['Shop.Boss', 'Shop.Sales', 'constructor', 'admin'] });
    expect(await verify(both)).toEqual({ sub: 'entra:ann', tenant: 'acme', roles: ['manager', 'sales'] });
    expect(await verify(await net.token({ roles: undefined }))).toMatchObject({ roles: [] });
  });

  it('an outside issuer’s token can map its tenant from a claim and its roles from groups', async () => {
    const net = await issuerOnTheNet();
    const verify = verifierOf(net, {
      tenant: { claim: 'tid', values: { 't-1': 'acme', 't-2': 'globex' } },
      roles: { claim: 'groups', values: { 'g-7': ['warehouse'] } },
    });
    const token = await net.token({ tid: 't-2', groups: ['g-1', 'g-7'] });
    expect(await verify(token)).toEqual({ sub: 'entra:ann', tenant: 'globex', roles: ['warehouse'] });
    for (const tid of ['t-9', 'acme', '__proto__', undefined])
      await expect(verify(await net.token({ tid }))).rejects.toMatchObject(refused);
  });

  it.each<[string, (net: Net) => Promise<string>]>([
    ['an expired token', (net) => net.token({ exp: inSeconds(-31) })],
    ['a token that is not valid yet', (net) => net.token({ nbf: inSeconds(60) })],
    ['a token that never expires', (net) => net.token({ exp: undefined })],
    ['a token for another audience', (net) => net.token({ aud: 'somebody-else' })],
    ['a token without a subject', (net) => net.token({ sub: undefined })],
    ['a token of another type', (net) => net.token({}, { typ: 'logout+jwt' })],
    ['a token of an untrusted issuer', (net) => net.token({ iss: 'https://login.example.com' })],
    ['a token that names us as issuer but has an outside key', (net) => net.token({ iss: 'lagerhaus' })],
    ['a token signed by another key under the same key id', async (net) => net.token({}, { by: await keyPair('k1') })],
    ['an unsigned token', async ({ claims }) => new UnsecuredJWT(claims).encode()],
    [
      'a token signed with an algorithm that is not allowed',
      async (net) => net.token({}, { by: await keyPair('k1', 'PS256') }),
    ],
  ])('%s is refused', async (_, make) => {
    const net = await issuerOnTheNet();
    await expect(verifierOf(net)(await make(net))).rejects.toMatchObject(refused);
  });
});

describe('the keys of an outside issuer', () => {
  it('the keys of an outside issuer are fetched once, when first needed', async () => {
    const net = await issuerOnTheNet();
    const verify = verifierOf(net);
    expect(net.state.asked).toEqual({ discovery: 0, keys: 0 });
    const tokens = await Promise.all(['ann', 'bob', 'cleo'].map((sub) => net.token({ sub })));
    await Promise.all(tokens.map((token) => verify(token)));
    await verify(await net.token({ sub: 'dan' }));
    expect(net.state.asked).toEqual({ discovery: 1, keys: 1 });
  });

  it('the keys of an outside issuer are fetched without discovery if a key URL is configured', async () => {
    const net = await issuerOnTheNet();
    await verifierOf(net, { jwksUri: new URL('/keys', net.issuer).href })(await net.token());
    expect(net.state.asked).toEqual({ discovery: 0, keys: 1 });
  });

  it('the keys of an outside issuer are fetched again for an unknown key id', async () => {
    const net = await issuerOnTheNet();
    const verify = verifierOf(net, {}, 0);
    await verify(await net.token());
    const next = await keyPair('k2');
    net.state.keys = [next];
    expect(await verify(await net.token({}, { by: next }))).toMatchObject({ sub: 'entra:ann' });
    expect(net.state.asked.keys).toBe(2);
  });

  it('the keys of an outside issuer are not fetched repeatedly for unknown key ids', async () => {
    const net = await issuerOnTheNet();
    const verify = verifierOf(net);
    await verify(await net.token());
    for (const kid of ['x', 'y', 'z'])
      await expect(verify(await net.token({}, { by: await keyPair(kid) }))).rejects.toMatchObject(refused);
    expect(net.state.asked.keys).toBe(1);
  });

  it('the keys of an outside issuer are not fetched for a token that is invalid anyway', async () => {
    const net = await issuerOnTheNet();
    const unsigned = new UnsecuredJWT(net.claims).encode();
    await expect(verifierOf(net)(unsigned)).rejects.toMatchObject(refused);
    expect(net.state.asked).toEqual({ discovery: 0, keys: 0 });
  });

  it('a token cannot be verified while its issuer’s keys are unreachable, and can be afterwards', async () => {
    const net = await issuerOnTheNet();
    const verify = verifierOf(net);
    const token = await net.token();
    net.state.isAway = true;
    await expect(verify(token)).rejects.toMatchObject({ name: 'KeysUnreachableError' });
    net.state.isAway = false;
    expect(await verify(token)).toMatchObject({ sub: 'entra:ann' });
    net.state.isAway = true;
    expect(await verify(token)).toMatchObject({ sub: 'entra:ann' });
    expect(await verify(await net.token({ sub: 'bob' }))).toMatchObject({ sub: 'entra:bob' });
  });

  it('the keys of an outside issuer are not used if its discovery document names another issuer', async () => {
    const net = await issuerOnTheNet();
    net.state.claimedIssuer = 'https://login.example.com';
    await expect(verifierOf(net)(await net.token())).rejects.toMatchObject({ name: 'KeysUnreachableError' });
  });
});

describe('the setting of trusted issuers', () => {
  const good = { name: 'e', issuer: 'https://e.example', audience: 'a', tenant: 'acme', roles: { values: {} } };

  it.each([
    ['invalid JSON', '{', 'is no JSON'],
    ['an http URL', JSON.stringify([{ ...good, issuer: 'http://e.example' }]), 'https'],
    ['an algorithm with a shared secret', JSON.stringify([{ ...good, algorithms: ['HS256'] }]), 'RS256'],
    ['an invalid tenant', JSON.stringify([{ ...good, tenant: 'A/B' }]), 'lower-case'],
    ['an unknown role', JSON.stringify([{ ...good, roles: { values: { x: ['root'] } } }]), 'admin'],
    ['one issuer twice', JSON.stringify([good, { ...good, name: 'f' }]), 'of its own'],
    ['an unknown field', JSON.stringify([{ ...good, audiences: ['a'] }]), 'audiences'],
  ])('a trusted issuers setting with %s is refused with the reason', (_, text, why) => {
    expect(TrustedIssuers.safeParse(text).error?.message).toContain(why);
  });
});
