import { z } from 'zod';
import { Duration } from '../../shared/settings/duration.ts';
import { list } from '../../shared/settings/list-setting.ts';
import { longestAccessTokenMs } from '../../shared/settings/retention.ts';
import { serviceSettings } from '../../shared/settings/service-settings.ts';
import { EmailAddress } from './address/email-address.ts';
import { defaultPasswordCost, PasswordCost } from './password/password-cost.ts';
import { PasswordPolicy } from './password/password-policy.ts';

/** What can be set of accounts and sessions. */
export const identitySettings = serviceSettings({
  ACCESS_TOKEN_LIFETIME: Duration.prefault('PT15M')
    .refine((lifetime) => lifetime >= 60_000 && lifetime <= longestAccessTokenMs, {
      error:
        'must be from PT1M to PT1H: what is left of who was deleted is erased an hour later, when no token is good any longer',
    })
    .describe('How long an access token is good for'),
  REFRESH_TOKEN_LIFETIME: Duration.prefault('P30D').describe('How long a session lasts that is not used'),
  PASSWORD_POLICY: PasswordPolicy.prefault('length:8,upper,lower,digit').describe(
    'What a new password has to have: its length, then any of upper, lower, digit, symbol',
  ),
  PASSWORD_COST: PasswordCost.prefault(defaultPasswordCost).describe(
    'What Argon2id takes to hash a password: MiB of memory, passes over it, lanes side by side',
  ),
  ADMIN_EMAILS: list
    .pipe(z.array(EmailAddress))
    .prefault('')
    .describe('Addresses that become admin by registering, separated by commas; addresses are not verified'),
});
