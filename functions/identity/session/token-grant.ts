import { z } from 'zod';
import { issueToken } from '../../../shared/security/issue-token.ts';
import type { KeySource } from '../../../shared/security/key-source.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { identitySettings } from '../settings.ts';
import type { UserState } from '../user/user.ts';

/** What logging in gives (RFC 6749, section 5.1). */
export const TokenGrant = z
  .object({
    access_token: z.string(),
    refresh_token: z.string().describe('Good for one refresh; using it twice ends the session'),
    token_type: z.literal('bearer'),
    expires_in: z.int().describe('Seconds for which the access token is good'),
  })
  .meta({
    id: 'TokenGrant',
    example: { access_token: 'eyJ…', refresh_token: '01a2…', token_type: 'bearer', expires_in: 900 },
  });

interface Granted {
  readonly user: UserState;
  readonly tenant: string;
  readonly sessionId: string;
  readonly refreshToken: string;
  readonly settings: Settings;
  readonly signingKeys: KeySource;
}

/** New tokens for a session: an access token of the user's roles as they are now. */
export async function grant({
  user,
  tenant,
  sessionId,
  refreshToken,
  settings,
  signingKeys,
}: Granted): Promise<z.infer<typeof TokenGrant>> {
  const seconds = Math.floor(identitySettings.of(settings).ACCESS_TOKEN_LIFETIME / 1_000);
  const accessToken = await issueToken({
    keys: signingKeys.now(),
    issuer: settings.TOKEN_ISSUER,
    audience: settings.TOKEN_AUDIENCE,
    sub: user.userId,
    tenant,
    roles: user.roles,
    session: sessionId,
    expiresIn: `${seconds}s`,
  });
  return { access_token: accessToken, refresh_token: refreshToken, token_type: 'bearer', expires_in: seconds };
}
