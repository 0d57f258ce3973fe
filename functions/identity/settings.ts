import { z } from 'zod';
import { Duration } from '../../shared/settings/duration.ts';
import { longestAccessTokenMs } from '../../shared/settings/retention.ts';
import { serviceSettings } from '../../shared/settings/service-settings.ts';
import { isTenant } from '../../shared/settings/tenants.ts';
import { AccountPageUrl } from './account-page/account-page-url.ts';
import { defaultPasswordCost, PasswordCost } from './password/password-cost.ts';
import { PasswordPolicy } from './password/password-policy.ts';
import { AdminEmails } from './user/admin-emails.ts';
import { RegistrationSetting } from './user/registration.ts';

/** As long as browsers keep a cookie. Source: RFC 6265bis, section 5.5 */
const longestDeviceTokenMs = 400 * 86_400_000;

/** Nobody waits longer for a mail, and a link that lies about is a way in. */
const LinkLifetime = Duration.refine((lifetime) => lifetime >= 60_000 && lifetime <= 7 * 86_400_000, {
  error: 'must be from PT1M to P7D',
});

const shape = {
  ACCESS_TOKEN_LIFETIME: Duration.prefault('PT15M')
    .refine((lifetime) => lifetime >= 60_000 && lifetime <= longestAccessTokenMs, {
      error:
        'must be from PT1M to PT1H: what is left of who was deleted is erased an hour later, when no token is good any longer',
    })
    .describe('How long an access token is good for'),
  REFRESH_TOKEN_LIFETIME: Duration.prefault('P30D').describe('How long a session lasts that is not used'),
  SESSION_LIFETIME: Duration.prefault('P90D')
    .refine((lifetime) => lifetime >= 60_000, { error: 'must be PT1M or longer: a session has to last for a login' })
    .describe('How long a session lasts in all, however often it is used; then its user logs in again'),
  DEVICE_TOKEN_LIFETIME: Duration.prefault('P90D')
    .refine((lifetime) => lifetime >= 60_000 && lifetime <= longestDeviceTokenMs, {
      error: 'must be from PT1M to P400D: browsers keep nothing longer',
    })
    .describe('For how long a device is known after it was last used, so that strangers do not lock it out'),
  PASSWORD_POLICY: PasswordPolicy.prefault('length:8,upper,lower,digit').describe(
    'What a new password has to have: its length, then any of upper, lower, digit, symbol, and common, by which it is none that is easily guessed; length:12,common where others can reach it',
  ),
  PASSWORD_COST: PasswordCost.prefault(defaultPasswordCost).describe(
    'What Argon2id takes to hash a password: MiB of memory, passes over it, lanes side by side',
  ),
  PASSWORD_RESET_LIFETIME: LinkLifetime.prefault('PT30M').describe(
    'How long the link of a mail is good for, by which somebody sets a new password',
  ),
  EMAIL_VERIFICATION_LIFETIME: LinkLifetime.prefault('P1D').describe(
    'How long the link of a mail is good for, by which somebody shows that their address is theirs',
  ),
  VERIFY_EMAIL: z
    .enum(['off', 'on'])
    .default('off')
    .describe('on has whoever registers verify their address by a mail before they order for themselves'),
  ACCOUNT_PAGE_URL: AccountPageUrl.optional().describe(
    'The page that links of mails lead to, as people reach it; our own, at /account of WEBSITE_HOSTNAME, where nothing is said. Set it for a domain of your own, and where notifications run in another app than identity',
  ),
  WEBSITE_HOSTNAME: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d+)?$/i)
    .default('127.0.0.1:7071')
    .describe('Host and port that the app is reached at: the Functions host sets it'),
  REGISTRATION: RegistrationSetting.prefault('open').describe(
    'Where people may register: open is every tenant that no outside issuer has, closed is none, or the tenants by name',
  ),
  ADMIN_EMAILS: AdminEmails.prefault('').describe(
    'Who becomes admin by registering, separated by commas: tenant:address, *:address for every tenant, or an address alone for main; addresses are not verified',
  ),
};

/** What can be set of accounts and sessions. */
export const identitySettings = serviceSettings(shape, ({ ADMIN_EMAILS, REGISTRATION }, { TENANTS }, complain) => {
  const named = {
    ADMIN_EMAILS: ADMIN_EMAILS.map(({ tenant }) => tenant).filter((tenant) => tenant !== '*'),
    REGISTRATION: typeof REGISTRATION === 'string' ? [] : REGISTRATION,
  };
  for (const [setting, tenants] of Object.entries(named))
    for (const tenant of tenants)
      if (!isTenant(tenant, TENANTS))
        complain(setting, `is about the tenant ${tenant}, which TENANTS does not name: add it there`);
});
