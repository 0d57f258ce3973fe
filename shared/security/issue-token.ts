import { importJWK, SignJWT } from 'jose';
import { newId } from '../ids.ts';
import type { Role } from './principal.ts';
import { type PrivateKey, type SigningKeys, signingAlgorithm } from './signing-keys.ts';

/** Type of an access token (RFC 9068, section 2.1), so that no other token passes for one. */
export const accessTokenType = 'at+jwt';

export interface TokenRequest {
  /** The first of them signs. */
  readonly keys: SigningKeys;
  readonly issuer: string;
  readonly audience: string;
  readonly sub: string;
  readonly tenant: string;
  readonly roles: readonly Role[];
  /** The session that it is given out for: the claim `sid`. */
  readonly session?: string;
  /** A span as jose reads it (`15m`, `30d`); by default 15 minutes. */
  readonly expiresIn?: string;
}

/** Signs an access token. */
export async function issueToken({
  keys: { keys },
  issuer,
  audience,
  sub,
  tenant,
  roles,
  session,
  expiresIn = '15m',
}: TokenRequest): Promise<string> {
  const [key] = keys;
  if (key === undefined) throw new Error('there is no key to sign with');
  return new SignJWT({ tenant, roles: [...roles], ...(session === undefined ? {} : { sid: session }) })
    .setProtectedHeader({ alg: signingAlgorithm, kid: key.kid, typ: accessTokenType })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sub)
    .setJti(newId())
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .sign(await imported(key));
}

const importedKeys = new WeakMap<PrivateKey, ReturnType<typeof importJWK>>();

/** A key is imported once: that takes longer than to sign. */
function imported(key: PrivateKey): ReturnType<typeof importJWK> {
  const known = importedKeys.get(key) ?? importJWK(key, signingAlgorithm);
  importedKeys.set(key, known);
  return known;
}
