import { decodeJwt, errors } from 'jose';
import type { Clock } from '../clock.ts';
import type { Principal } from './principal.ts';
import { InvalidTokenError, type TokenIssuer, type VerifiedToken } from './token-issuer.ts';
import type { Freshness } from './why-ended.ts';

/** How a token is to be looked at. */
export interface Verification {
  readonly freshness?: Freshness;
  /** Told before the dear part: a signature is checked, or it is asked anew whether the token was ended. What it throws ends it. */
  readonly beforeWork?: () => void;
}

/**
 * Tells who holds a token, as long as it has not been ended.
 *
 * @throws InvalidTokenError, KeysUnreachableError, and what keeps it from being known whether the token was ended.
 */
export type TokenVerifier = (token: string, check?: Verification) => Promise<Principal>;

const maxCached = 10_000;

/**
 * Has the issuer that a token names verify it. A verified one is cached until it expires or the key set that it was
 * verified with changes, since the check of a signature is dear.
 */
export function tokenVerifier(issuers: readonly TokenIssuer[], clock: Pick<Clock, 'now'>): TokenVerifier {
  const byName = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
  const cached = new Map<string, VerifiedToken>();
  const cachedAt = (now: Date, token: string) => {
    const known = cached.get(token);
    return known !== undefined && known.expiresAt > now.getTime() && known.isKeyTrusted() ? known : undefined;
  };
  const verified = async (token: string, { freshness, beforeWork }: Verification): Promise<VerifiedToken> => {
    const now = clock.now();
    const known = cachedAt(now, token);
    if (known === undefined || freshness === 'now') beforeWork?.();
    if (known !== undefined) return known;
    cached.delete(token);
    const issuer = byName.get(issuerOf(token));
    if (issuer === undefined)
      throw new InvalidTokenError('the token is of an issuer that is not trusted here', { isForged: true });
    const found = await issuer.verify(token, now);
    // Of many requests that bring a new token at once, all go by what the first has found: so it is asked once whether it was ended.
    const first = cachedAt(now, token);
    if (first !== undefined) return first;
    if (cached.size >= maxCached) cached.clear();
    cached.set(token, found);
    return found;
  };
  return async (token, check = {}) => {
    const { principal, whyEnded } = await verified(token, check);
    const reason = await whyEnded?.(check.freshness ?? 'recent');
    if (reason !== undefined) throw new InvalidTokenError(reason, { holder: principal });
    return principal;
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
