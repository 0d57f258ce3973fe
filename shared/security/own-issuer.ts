import { createLocalJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { asInvalidToken } from './as-invalid-token.ts';
import { accessTokenType } from './issue-token.ts';
import type { KeySource } from './key-source.ts';
import { type Principal, Role, TokenSubject } from './principal.ts';
import { publicKeys, type SigningKeys, signingAlgorithm } from './signing-keys.ts';
import type { TokenIssuer } from './token-issuer.ts';
import { cachedWhyEnded } from './why-ended.ts';

const Claims = z.object({
  sub: TokenSubject,
  /** Whether there is such a tenant is for whoever admits to say. */
  tenant: z.string().regex(/^[a-z0-9-]+$/),
  roles: z.array(Role),
  exp: z.number(),
  /** OpenID Connect Front-Channel Logout 1.0, section 3. */
  sid: z.string().optional(),
});

export interface OwnTokens {
  readonly keys: KeySource;
  readonly issuer: string;
  readonly audience: string;
  /** Tells why tokens of this holder count no longer; left out, they count until they expire. */
  readonly whyEnded?: ((holder: Principal) => Promise<string | undefined>) | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

/** Verifies the access tokens that this system signs itself. */
export function ownIssuer({ keys, issuer, audience, whyEnded, clock }: OwnTokens): TokenIssuer {
  const keySetOf = keySets();
  return {
    issuer,
    async verify(token, now) {
      const current = keys.now();
      try {
        const options = {
          issuer,
          audience,
          algorithms: [signingAlgorithm],
          typ: accessTokenType,
          currentDate: now,
        };
        const { payload, protectedHeader } = await jwtVerify(token, keySetOf(current, now), options);
        const { sub, tenant, roles, exp, sid } = Claims.parse(payload);
        const retiresAt = current.keys.find(({ kid }) => kid === protectedHeader.kid)?.exp ?? exp;
        const principal = { sub, tenant, roles, ...(sid === undefined ? {} : { session: sid }) };
        return {
          principal,
          expiresAt: Math.min(exp, retiresAt) * 1_000,
          isKeyTrusted: () => keys.recent() === current,
          ...(whyEnded === undefined ? {} : { whyEnded: cachedWhyEnded(() => whyEnded(principal), clock) }),
        };
      } catch (error) {
        throw asInvalidToken(error, 'sub, tenant, roles and exp');
      }
    },
  };
}

/** A key set imports each key once, so it is kept for as long as the same keys verify. */
function keySets(): (keys: SigningKeys, now: Date) => JWTVerifyGetKey {
  let known: { readonly of: SigningKeys; readonly count: number; readonly set: JWTVerifyGetKey } | undefined;
  return (of, now) => {
    const verifying = publicKeys(of, now);
    const count = verifying.keys.length;
    if (known?.of !== of || known.count !== count) known = { of, count, set: createLocalJWKSet(verifying) };
    return known.set;
  };
}
