import type { IncomingRequest } from '../http/incoming.ts';
import { Problem } from '../http/problems/problem.ts';
import type { Principal } from '../security/principal.ts';
import { isTenant, type Tenants, tenantOfNobody } from '../settings/tenants.ts';

/** Whose data somebody without a token asks about: a header may say so. @throws Problem invalid-tenant */
export function tenantOf(headers: IncomingRequest['headers'], tenants: Tenants): string {
  const named = headers.get('x-tenant');
  if (named === null) return tenantOfNobody(tenants);
  if (!isTenant(named, tenants)) throw invalidTenant('The header x-tenant names no tenant of this system.');
  return named;
}

/** A good token may be of a tenant that is none here, or none any more. @throws Problem invalid-tenant */
export function refuseOtherTenant({ tenant }: Principal, tenants: Tenants): void {
  if (!isTenant(tenant, tenants)) throw invalidTenant('The tenant of the token is none of this system.');
}

function invalidTenant(detail: string): Problem {
  return new Problem(400, 'invalid-tenant', detail);
}
