import { importJWK, SignJWT } from 'jose';
import { newId } from '../ids.ts';
import type { Role } from './principal.ts';
import { readSigningKeys, signingAlgorithm } from './signing-keys.ts';

/** Type of an access token (RFC 9068, section 2.1), so that no other token passes for one. */
export const accessTokenType = 'at+jwt';

export interface TokenRequest {
  readonly keysFile: string;
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
  keysFile,
  issuer,
  audience,
  sub,
  tenant,
  roles,
  session,
  expiresIn = '15m',
}: TokenRequest): Promise<string> {
  const [key] = readSigningKeys(keysFile).keys;
  if (key === undefined) throw new Error(`${keysFile} has no key`);
  return new SignJWT({ tenant, roles: [...roles], ...(session === undefined ? {} : { sid: session }) })
    .setProtectedHeader({ alg: signingAlgorithm, kid: key.kid, typ: accessTokenType })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sub)
    .setJti(newId())
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .sign(await importJWK(key, signingAlgorithm));
}
