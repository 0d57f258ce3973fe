import { readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { ApiClient } from '../rigs/clients/api-client.ts';
import type { Order, Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

const stack = sharedStack();
const claims = { sub: 'eve', tenant: 'main', roles: ['admin'] };
const typ = 'at+jwt';

/** A key of the stack's own, as only an insider has it, and one that anybody can make. */
async function ownKey() {
  const { keys } = JSON.parse(readFileSync(stack.tokens.keysFile, 'utf8'));
  return { key: await importJWK(keys[0], 'ES256'), kid: keys[0].kid };
}
async function foreignKey() {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { key: privateKey, jwk: await exportJWK(privateKey), kid: (await ownKey()).kid };
}

/** A token that is right in everything, save for what is said. */
async function signed(
  payload: Record<string, unknown>,
  header: object = {},
  signer?: Awaited<ReturnType<typeof foreignKey>>,
) {
  const { key, kid } = signer ?? (await ownKey());
  const { issuer: iss, audience: aud } = stack.tokens;
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss, aud, iat: now, exp: now + 600, jti: 'j', ...claims, ...payload })
    .setProtectedHeader({ alg: 'ES256', kid, typ, ...header })
    .sign(key);
}

const get = async (token: string | undefined) => new ApiClient(stack.url, token).get<Problem>('/api/v1/products');

describe('an access token', () => {
  it('a valid token is accepted', async () => {
    expect((await get(await signed({}))).status).toBe(200);
  });

  it('a missing token is 401, and the answer says what to send', async () => {
    const { status, body, headers } = await get(undefined);
    expect([status, body.type, headers.get('www-authenticate')]).toEqual([401, '/problems/no-token', 'Bearer']);
  });

  it.each<[string, () => Promise<string>]>([
    ['signed by somebody else', async () => signed({}, {}, await foreignKey())],
    ['that has expired', () => signed({ exp: Math.floor(Date.now() / 1000) - 1 })],
    ['of another issuer', () => signed({ iss: 'elsewhere' })],
    ['for another audience', () => signed({ aud: 'elsewhere' })],
    ['of another type', () => signed({}, { typ: 'JWT' })],
    ['for refreshing', () => signed({}, { typ: 'rt+jwt' })],
    ['that is not valid yet', () => signed({ nbf: Math.floor(Date.now() / 1000) + 600 })],
    ['of an unknown key', () => signed({}, { kid: 'unknown' })],
    ['signed with the public key as a secret (HS256)', signedWithPublicKey],
    ['without a tenant', () => signed({ tenant: undefined })],
    ['of an unknown role', () => signed({ roles: ['king'] })],
    ['that never expires', () => signed({ exp: undefined })],
    ['without a signature (alg none)', unsigned],
    ['with a signature cut off', async () => (await signed({})).replace(/[^.]+$/, '')],
    ['whose claims were changed afterwards', tampered],
    ['that is not a JWT', async () => 'abc'],
  ])('a token %s is 401', async (_, token) => {
    const { status, body, headers } = await get(await token());
    expect([status, body.type]).toEqual([401, '/problems/invalid-token']);
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  async function unsigned() {
    const { issuer, audience } = stack.tokens;
    return new UnsecuredJWT(claims).setIssuer(issuer).setAudience(audience).setExpirationTime('10m').encode();
  }

  async function signedWithPublicKey() {
    const { body } = await new ApiClient(stack.url).get<{ keys: readonly { kid: string }[] }>('/.well-known/jwks.json');
    const [key] = body.keys;
    const { issuer, audience } = stack.tokens;
    const token = new SignJWT(claims).setIssuer(issuer).setAudience(audience).setExpirationTime('10m');
    const secret = new TextEncoder().encode(JSON.stringify(key));
    return token.setProtectedHeader({ alg: 'HS256', kid: key?.kid ?? '', typ }).sign(secret);
  }

  async function tampered() {
    const [header, payload = '', signature] = (await signed({ roles: ['customer'] })).split('.');
    const more = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), roles: ['admin'] };
    return [header, Buffer.from(JSON.stringify(more)).toString('base64url'), signature].join('.');
  }
});

describe('tenants', () => {
  it('a tenant sees nothing of another tenant', async () => {
    const [ours, theirs] = [openShop(), openShop()];
    const { sku, id } = await ours.sell({ sku: 'SAME', quantity: 7 });
    const order = await ours.order({ [sku]: 2 });
    await ours.decided(order.id);
    await eventually(async () => {
      expect(await ours.all('/api/v1/orders')).toHaveLength(1);
      expect(await ours.all('/api/v1/notifications')).toHaveLength(2);
    });
    const api = await theirs.as('admin');
    for (const path of [`orders/${order.id}`, `products/${id}`, `inventory/${sku}`]) {
      expect((await api.get(`/api/v1/${path}`)).status).toBe(404);
    }
    expect((await api.post(`/api/v1/orders/${order.id}/cancel`)).status).toBe(404);
    expect((await theirs.tryOrder({ [sku]: 1 })).status).toBe(422);
    for (const list of ['orders', 'products', 'inventory']) expect(await theirs.all(`/api/v1/${list}`)).toEqual([]);
    const told = await theirs.all<{ recipientId: string }>('/api/v1/notifications');
    expect(told.filter(({ recipientId }) => recipientId !== api.userId)).toEqual([]);
  });

  it('two tenants have separate stock of the same SKU', async () => {
    const [ours, theirs] = [openShop(), openShop()];
    await Promise.all([ours.sell({ sku: 'SAME', quantity: 5 }), theirs.sell({ sku: 'SAME', quantity: 9, price: 3 })]);
    const order: Order = await theirs.order({ SAME: 8 });
    expect(order.totalAmount).toBe(24);
    expect((await theirs.decided(order.id)).status).toBe('confirmed');
    expect([await ours.stock('SAME'), await theirs.stock('SAME')]).toMatchObject([
      { onHand: 5, reserved: 0 },
      { onHand: 9, reserved: 8 },
    ]);
  });
});
