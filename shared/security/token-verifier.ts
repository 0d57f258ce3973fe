import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { accessTokenType } from './issue-token.ts';
import { type Principal, Role, Tenant } from './principal.ts';
import { publicKeys, type SigningKeys, signingAlgorithm } from './signing-keys.ts';

const Claims = z.object({ sub: z.string().min(1), tenant: Tenant, roles: z.array(Role), exp: z.number() });

/** The token is forged, expired, for somebody else or no token at all. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

/** Tells who holds a token. @throws InvalidToken */
export type TokenVerifier = (token: string) => Promise<Principal>;

interface Trust {
  readonly keys: SigningKeys;
  readonly issuer: string;
  readonly audience: string;
  readonly clock: Clock;
}

const maxRemembered = 10_000;

/** Verifies access tokens; a verified one is remembered until it expires, since the check of a signature is dear. */
export function tokenVerifier({ keys, issuer, audience, clock }: Trust): TokenVerifier {
  const keySet = createLocalJWKSet(publicKeys(keys));
  const remembered = new Map<string, { readonly principal: Principal; readonly expiresAt: number }>();
  return async (token) => {
    const known = remembered.get(token);
    if (known !== undefined && known.expiresAt > clock.now().getTime()) return known.principal;
    remembered.delete(token);
    const { principal, expiresAt } = await verify(token);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(token, { principal, expiresAt });
    return principal;
  };

  async function verify(token: string) {
    try {
      const options = {
        issuer,
        audience,
        algorithms: [signingAlgorithm],
        typ: accessTokenType,
        currentDate: clock.now(),
      };
      const { sub, tenant, roles, exp } = Claims.parse((await jwtVerify(token, keySet, options)).payload);
      return { principal: { sub, tenant, roles }, expiresAt: exp * 1_000 };
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new InvalidToken(`the token is not valid: ${error.message}`);
      if (error instanceof z.ZodError)
        throw new InvalidToken('the token lacks a claim: sub, tenant, roles and exp are needed');
      throw error;
    }
  }
}
