import { z } from 'zod';
import { issueToken } from '../../../shared/security/issue-token.ts';
import type { KeySource } from '../../../shared/security/key-source.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { identitySettings } from '../settings.ts';
import type { UserState } from '../user/user.ts';
import type { GivenToken } from './user-sessions.ts';

/** What logging in gives (RFC 6749, section 5.1). */
export const TokenGrant = z
  .object({
    access_token: z.string(),
    refresh_token: z
      .string()
      .describe('Good for one refresh; using it again later than ten seconds after that ends the session'),
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
  readonly given: GivenToken;
  readonly now: Date;
  readonly settings: Settings;
  readonly signingKeys: KeySource;
}

/** New tokens for a session: an access token of the user's roles as they are now, which does not outlive the session. */
export async function grant({
  user,
  tenant,
  sessionId,
  given: { refreshToken, expiresAt },
  now,
  settings,
  signingKeys,
}: Granted): Promise<z.infer<typeof TokenGrant>> {
  const left = new Date(expiresAt).getTime() - now.getTime();
  const seconds = Math.ceil(Math.min(identitySettings.of(settings).ACCESS_TOKEN_LIFETIME, left) / 1_000);
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
