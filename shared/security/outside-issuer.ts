import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { hashOf } from '../ids.ts';
import { asInvalidToken } from './as-invalid-token.ts';
import { type Role, TokenSubject } from './principal.ts';
import { remoteKeys } from './remote-keys.ts';
import { InvalidTokenError, type TokenIssuer } from './token-issuer.ts';
import type { TrustedIssuer } from './trusted-issuers.ts';

const Claims = z.looseObject({ sub: z.string().regex(/^[\x21-\x7e]{1,200}$/), exp: z.number() });
const Names = z.union([z.string().transform((name) => [name]), z.array(z.string())]).catch([]);

/** Types of a token that says what its holder may do; Entra ID writes `JWT`, RFC 9068 wants `at+jwt`. */
const accessTypes: readonly (string | undefined)[] = ['jwt', 'at+jwt', 'application/at+jwt', undefined];

/** Machines agree on the time only so far. */
const clockToleranceSeconds = 30;

/**
 * Verifies the access tokens of an outside issuer (Entra ID, or whoever speaks OpenID Connect) and gives them a tenant and
 * roles of this system. Roles that the setting does not name count for nothing.
 */
export function outsideIssuer(
  { name, issuer, audience, algorithms, tenant, roles, ...where }: TrustedIssuer,
  keys: JWTVerifyGetKey = remoteKeys({ issuer, ...where }),
): TokenIssuer {
  const options = { issuer, audience, algorithms, clockTolerance: clockToleranceSeconds };
  return {
    issuer,
    async verify(token, now) {
      try {
        const { payload, protectedHeader } = await jwtVerify(token, keys, { ...options, currentDate: now });
        if (!accessTypes.includes(protectedHeader.typ?.toLowerCase()))
          throw new InvalidTokenError(`the token is a ${protectedHeader.typ}, no access token`);
        const claims = Claims.parse(payload);
        return {
          principal: { sub: subjectOf(name, claims.sub), tenant: tenantOf(claims), roles: rolesOf(claims) },
          expiresAt: claims.exp * 1_000,
          isKeyTrusted: () => true,
        };
      } catch (error) {
        throw asInvalidToken(error, 'sub and exp');
      }
    },
  };

  function tenantOf(claims: Readonly<Record<string, unknown>>): string {
    if (typeof tenant === 'string') return tenant;
    const known = Names.parse(claims[tenant.claim]).flatMap((value) => valueIn(tenant.values, value) ?? []);
    const [only, ...others] = new Set(known);
    if (only === undefined || others.length > 0)
      throw new InvalidTokenError(
        `the claim ${tenant.claim} of the token names no tenant that is known here, or several`,
      );
    return only;
  }

  function rolesOf(claims: Readonly<Record<string, unknown>>): readonly Role[] {
    return [...new Set(Names.parse(claims[roles.claim]).flatMap((value) => valueIn(roles.values, value) ?? []))];
  }
}

/**
 * The subject, behind the name of its issuer, as it may stand in ids and paths here. What has other characters, or is longer, is known by its hash; so is one
 * that looks like a hash, or whoever names themselves could take the place of another.
 */
function subjectOf(issuer: string, sub: string): string {
  const plain = `${issuer}:${sub}`;
  const fits = TokenSubject.safeParse(plain).success && !sub.startsWith('sha256:');
  return fits ? plain : `${issuer}:sha256:${hashOf([sub])}`;
}

/** A claim may be called `constructor`, which every object has. */
function valueIn<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
