import { z } from 'zod';
import { cutText } from '../cut-text.ts';
import { defaultTenant, Tenant } from '../security/principal.ts';
import { type TrustedIssuer, tenantsOf } from '../security/trusted-issuers.ts';
import { list } from './list-setting.ts';

/** The tenants that there are: those that are named, or any. */
export type Tenants = 'any' | readonly [string, ...string[]];

/** The setting: names, separated by commas, or `*` for whichever somebody names. */
export const TenantsSetting = list.transform((names, context): Tenants => {
  if (names.join() === '*') return 'any';
  const wrong = names.filter((name) => !Tenant.safeParse(name).success);
  for (const name of wrong)
    context.addIssue(
      name === '*'
        ? '* stands alone: name the tenants, or let * be all there is'
        : `'${cutText(name, 60)}' is none: a tenant is 1 to 40 lower-case letters, digits or hyphens, and not system`,
    );
  const [first, ...others] = new Set(names);
  if (first === undefined) context.addIssue('name at least one tenant, or * for any');
  return first === undefined || wrong.length > 0 ? z.NEVER : [first, ...others];
});

/** Something is of a tenant that there is not, or not yet: other instances may know it already. */
export class UnknownTenantError extends Error {
  override readonly name = 'UnknownTenantError';
}

/** Whether there is such a tenant. */
export function isTenant(name: string, tenants: Tenants): boolean {
  return tenants === 'any' ? Tenant.safeParse(name).success : tenants.includes(name);
}

/** For an event, whose letter is its tenant's all the same: nobody else may read it. @throws UnknownTenantError */
export function refuseUnknownTenant(name: string, tenants: Tenants): void {
  if (!isTenant(name, tenants)) throw new UnknownTenantError(`TENANTS does not name the tenant ${name}`);
}

/** The tenant of who names none: `main`, or the first one where there is no `main`. */
export function tenantOfNobody(tenants: Tenants): string {
  return isTenant(defaultTenant, tenants) || tenants === 'any' ? defaultTenant : tenants[0];
}

/** Whose tokens would be of a tenant that there is not is found when the app starts, not when somebody logs in. */
export function refuseOtherTenants(
  { TENANTS, TRUSTED_ISSUERS }: { readonly TENANTS: Tenants; readonly TRUSTED_ISSUERS: readonly TrustedIssuer[] },
  { addIssue }: z.RefinementCtx,
): void {
  for (const issuer of TRUSTED_ISSUERS)
    for (const tenant of tenantsOf(issuer))
      if (!isTenant(tenant, TENANTS))
        addIssue({
          code: 'custom',
          path: ['TRUSTED_ISSUERS'],
          message: `the issuer ${issuer.name} gives its tokens the tenant ${tenant}, which TENANTS does not name: add it there, or take another`,
        });
}
