import { z } from 'zod';
import { issueToken } from '../../../shared/security/issue-token.ts';
import type { KeySource } from '../../../shared/security/key-source.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import type { CredentialState } from '../login/credential.ts';
import { writeDeviceToken } from '../login/device-token.ts';
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
    device_token: z
      .string()
      .describe(
        'Gives no access: sent along with the next login, it shows that this device is known, so that wrong passwords of others do not lock it out',
      ),
  })
  .meta({
    id: 'TokenGrant',
    example: {
      access_token: 'eyJ…',
      refresh_token: '01a2…',
      token_type: 'bearer',
      expires_in: 900,
      device_token: '0199…',
    },
  });

interface Granted {
  readonly user: UserState;
  readonly credential: CredentialState | undefined;
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
  credential,
  tenant,
  sessionId,
  given: { refreshToken, expiresAt },
  now,
  settings,
  signingKeys,
}: Granted): Promise<z.infer<typeof TokenGrant>> {
  const { ACCESS_TOKEN_LIFETIME, DEVICE_TOKEN_LIFETIME } = identitySettings.of(settings);
  const left = new Date(expiresAt).getTime() - now.getTime();
  const seconds = Math.ceil(Math.min(ACCESS_TOKEN_LIFETIME, left) / 1_000);
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
  const deviceToken = writeDeviceToken(
    {
      tenant,
      userId: user.userId,
      passwordChangedAt: credential?.changedAt,
      sessionId,
      expiresAt: new Date(now.getTime() + DEVICE_TOKEN_LIFETIME),
    },
    signingKeys.now(),
  );
  return {
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: 'bearer',
    expires_in: seconds,
    device_token: deviceToken,
  };
}
