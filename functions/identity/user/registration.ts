import { Rejection } from '../../../shared/model/rejection.ts';
import { Tenant } from '../../../shared/security/principal.ts';
import { tenantsOf } from '../../../shared/security/trusted-issuers.ts';
import { list } from '../../../shared/settings/list-setting.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import type { AdminEmail } from './admin-emails.ts';

/** Where people may register: wherever no outside issuer says who there is, nowhere, or in these tenants. */
export type Registration = 'open' | 'closed' | readonly string[];

/** The setting: `open`, `closed`, or names of tenants separated by commas. */
export const RegistrationSetting = list.transform((words, context): Registration => {
  const [first] = words;
  if (words.length === 1 && (first === 'open' || first === 'closed')) return first;
  const areNames = words.every((name) => name !== 'open' && name !== 'closed' && Tenant.safeParse(name).success);
  if (first === undefined || !areNames)
    context.addIssue('is open, closed, or names the tenants in which people register, such as main,acme');
  return words;
});

interface Rules {
  readonly ADMIN_EMAILS: readonly AdminEmail[];
  readonly REGISTRATION: Registration;
}

/**
 * What somebody becomes by registering. Where registration is closed, those still register whom the settings name as admins: by
 * them a tenant begins.
 *
 * @throws Rejection registration-closed
 */
export function roleByRegistering(
  { tenant, address }: AdminEmail,
  { ADMIN_EMAILS, REGISTRATION }: Rules,
  { TRUSTED_ISSUERS }: Pick<Settings, 'TRUSTED_ISSUERS'>,
): 'admin' | 'customer' {
  const isOutside = TRUSTED_ISSUERS.some((issuer) => tenantsOf(issuer).includes(tenant));
  const places = isOutside ? [tenant] : [tenant, '*'];
  if (ADMIN_EMAILS.some((admin) => admin.address === address && places.includes(admin.tenant))) return 'admin';
  const isOpen = REGISTRATION === 'open' ? !isOutside : REGISTRATION !== 'closed' && REGISTRATION.includes(tenant);
  if (isOpen) return 'customer';
  throw new Rejection('registration-closed', 'Nobody registers in this tenant.', 'forbidden');
}
