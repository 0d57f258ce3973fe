import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { KeySource } from '../../security/key-source.ts';
import { publicKeys, signingAlgorithm } from '../../security/signing-keys.ts';
import type { Route } from '../route.ts';
import { type Page, pageRoute } from './page.ts';

/** How long others may go on with what they have read: much shorter than a key verifies after it was replaced. */
const maxAgeSeconds = 300;

/** A public key of the elliptic curve P-256 (RFC 7518, section 6.2). */
const PublicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.base64url(),
  y: z.base64url(),
  kid: z.string().describe('Named in the header of the tokens that it verifies'),
  alg: z.literal(signingAlgorithm),
  use: z.literal('sig'),
});

export const keySetPage: Page = {
  name: 'jwks',
  summary: 'Reads the public keys by which anybody can verify access tokens (RFC 7517)',
  route: '.well-known/jwks.json',
  roles: 'public',
  answer: z.object({ keys: z.array(PublicKey) }).meta({ id: 'KeySet' }),
  mediaTypes: ['application/json'],
};

/**
 * The public keys by which anybody can verify the tokens of this system (RFC 7517, section 5). Every app serves them, as
 * every app verifies tokens by them, whatever services it runs.
 */
export function keySetRoute(keys: KeySource, clock: Pick<Clock, 'now'>): Route {
  return pageRoute(keySetPage, async () => ({
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': `public, max-age=${maxAgeSeconds}` },
    body: JSON.stringify(publicKeys(keys.now(), clock.now())),
  }));
}
