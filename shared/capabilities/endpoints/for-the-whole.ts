import { rejectForbidden } from '../../model/rejection.ts';
import type { Principal } from '../../security/principal.ts';
import type { Settings } from '../../settings/settings.ts';
import { tenantOfNobody } from '../../settings/tenants.ts';

/**
 * Refuses whoever does not look after the whole. What is of all tenants together, or of none, is for those of `main` alone (of
 * the first of `TENANTS`, where there is no `main`).
 *
 * @example
 * forTheWhole({ tenant: 'main' }, settings, 'consumers are of all tenants');
 *
 * @throws Rejection (403) with this reason.
 */
export function forTheWhole(
  { tenant }: Pick<Principal, 'tenant'>,
  { TENANTS }: Pick<Settings, 'TENANTS'>,
  why: string,
): void {
  const main = tenantOfNobody(TENANTS);
  if (tenant !== main) throw rejectForbidden(`${why}: this is for ${main} alone`);
}
