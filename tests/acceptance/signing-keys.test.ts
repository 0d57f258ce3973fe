import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { sharedStack } from './open-shop.ts';

const stack = sharedStack();
const jwks = '/.well-known/jwks.json';
const run = promisify(execFile);

/** What `npm run rotate-keys` runs, once Node is there. */
async function rotateKeys(): Promise<void> {
  const script = path.resolve(import.meta.dirname, '../../scripts/rotate-keys.ts');
  await run(process.execPath, [script, '--file', stack.tokens.keysFile]);
}

it('anybody can verify a token by the keys at /.well-known/jwks.json, which have no private part', async () => {
  const { body, headers } = await new ApiClient(stack.url).get<{ keys: readonly object[] }>(jwks);
  for (const key of body.keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  expect(headers.get('cache-control')).toContain('public');
  const { issuer, audience } = stack.tokens;
  const keys = createRemoteJWKSet(new URL(jwks, stack.url));
  const { payload } = await jwtVerify(await stack.token('sales', { sub: 'ann' }), keys, { issuer, audience });
  expect(payload.sub).toBe('ann');
});

it('rotated keys sign and verify at once, without a restart, and those before them go on to verify', async () => {
  const before = await stack.token('sales');
  await rotateKeys();
  const after = await stack.token('sales');
  const kids = [before, after].map((token) => decodeProtectedHeader(token).kid);
  expect(kids[0]).not.toBe(kids[1]);
  for (const token of [after, before])
    expect((await new ApiClient(stack.url, token).get('/api/v1/products')).status).toBe(200);
  const { keys } = bodyOf(await new ApiClient(stack.url).get<{ keys: readonly { kid: string }[] }>(jwks), 200);
  expect(keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining(kids));
});
