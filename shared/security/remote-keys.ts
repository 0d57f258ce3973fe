import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { KeysUnreachableError } from './token-issuer.ts';
import { SafeUrl, type TrustedIssuer } from './trusted-issuers.ts';

const Discovery = z.object({ issuer: z.string(), jwks_uri: SafeUrl });

const timeoutMs = 5_000;
/** A key that its issuer has withdrawn is believed for no longer. */
const longestAgeMs = 3_600_000;

/**
 * The keys of an outside issuer: fetched when the first token comes, kept for an hour, and fetched again for a key that is
 * not among them, but not again within the cool-down, or anybody could have us ask without end.
 *
 * The function throws KeysUnreachableError while they cannot be fetched.
 */
export function remoteKeys(
  { issuer, jwksUri }: Pick<TrustedIssuer, 'issuer' | 'jwksUri'>,
  cooldownMs = 30_000,
): JWTVerifyGetKey {
  const options = { cooldownDuration: cooldownMs, cacheMaxAge: longestAgeMs, timeoutDuration: timeoutMs };
  let found: Promise<JWTVerifyGetKey> | undefined;
  const keySet = () => {
    found ??= jwksUrl(issuer, jwksUri).then(
      (url) => createRemoteJWKSet(url, options),
      (error: unknown) => {
        found = undefined;
        throw error;
      },
    );
    return found;
  };
  return async (header, token) => {
    try {
      return await (await keySet())(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new KeysUnreachableError(`the keys of ${issuer} cannot be fetched`, { cause: error });
    }
  };
}

/** By OpenID Connect Discovery 1.0, section 4. @throws Error */
async function jwksUrl(issuer: string, jwksUri: string | undefined): Promise<URL> {
  if (jwksUri !== undefined) return new URL(jwksUri);
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`${url} was answered ${response.status}`);
  const document = Discovery.parse(await response.json());
  if (document.issuer !== issuer) throw new Error(`${url} is of another issuer, ${document.issuer}`);
  return new URL(document.jwks_uri);
}
