import { decodeJwt, errors } from 'jose';
import type { Clock } from '../clock.ts';
import type { Principal } from './principal.ts';
import { InvalidTokenError, type TokenIssuer, type VerifiedToken } from './token-issuer.ts';

/** Tells who holds a token. @throws InvalidTokenError, KeysUnreachableError */
export type TokenVerifier = (token: string) => Promise<Principal>;

const maxRemembered = 10_000;

/**
 * Has the issuer that a token names verify it. A verified one is remembered until it expires or the key set that it was
 * verified with changes, since the check of a signature is dear.
 */
export function tokenVerifier(issuers: readonly TokenIssuer[], clock: Pick<Clock, 'now'>): TokenVerifier {
  const byName = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
  const remembered = new Map<string, VerifiedToken>();
  return async (token) => {
    const now = clock.now();
    const known = remembered.get(token);
    if (known !== undefined && known.expiresAt > now.getTime() && known.isKeyTrusted()) return known.principal;
    remembered.delete(token);
    const issuer = byName.get(issuerOf(token));
    if (issuer === undefined) throw new InvalidTokenError('the token is of an issuer that is not trusted here');
    const verified = await issuer.verify(token, now);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(token, verified);
    return verified.principal;
  };
}

/** Who the token says has issued it: to be believed once that issuer has verified it. */
function issuerOf(token: string): string {
  try {
    return String(decodeJwt(token).iss);
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new InvalidTokenError(`the token is not valid: ${error.message}`);
    throw error;
  }
}
