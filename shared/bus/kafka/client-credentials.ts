import { z } from 'zod';
import type { AccessToken, Credential } from '../../security/azure-credential.ts';

export interface ClientCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Source: https://www.rfc-editor.org/rfc/rfc6749#section-4.4.3 */
const Answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/**
 * Proves who we are by a token of an OAuth 2.0 server (RFC 6749, client credentials). A token is used for half of its life:
 * who connects with it has the other half.
 */
export function clientCredentials(
  { tokenUrl, clientId, clientSecret }: ClientCredentials,
  now: () => number,
): Credential {
  const known = new Map<string, { readonly token: AccessToken; readonly usableUntil: number }>();
  return {
    async getToken(scopes) {
      const scope = [scopes].flat().join(' ');
      const kept = known.get(scope);
      if (kept !== undefined && now() < kept.usableUntil) return kept.token;
      const asked = now();
      const response = await fetch(tokenUrl, {
        method: 'POST',
        redirect: 'error',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
      });
      if (!response.ok) throw new Error(`the token endpoint answers ${response.status}`);
      const { access_token, expires_in } = Answer.parse(await response.json());
      const lifeMs = expires_in * 1_000;
      const token = { token: access_token, expiresOnTimestamp: asked + lifeMs };
      known.set(scope, { token, usableUntil: asked + lifeMs / 2 });
      return token;
    },
  };
}
