import { Problem } from '../http/problem.ts';
import { defaultTenant, hasRole, type Principal, Tenant } from '../security/principal.ts';
import type { TokenVerifier } from '../security/token-verifier.ts';
import type { Endpoint } from './endpoint.ts';

type Headers = { get(name: string): string | null };

const challenge = { headers: { 'www-authenticate': 'Bearer' } };

/**
 * Who calls, if they may.
 *
 * @throws Problem 401 without a token, 403 with a role that does not do; InvalidToken (401).
 */
export async function callerOf(
  { roles, name }: Pick<Endpoint, 'roles' | 'name'>,
  headers: Headers,
  verifyToken: TokenVerifier,
): Promise<Principal> {
  if (roles === 'public') return { sub: 'anonymous', tenant: tenantOf(headers), roles: [] };
  const token = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined)
    throw new Problem(401, 'no-token', 'Send an access token: Authorization: Bearer …', challenge);
  const principal = await verifyToken(token);
  if (!hasRole(principal, ...roles))
    throw new Problem(403, 'forbidden', `${name} needs one of the roles ${roles.join(', ')}.`);
  return principal;
}

/** On a public route no token tells the tenant; a header may. */
function tenantOf(headers: Headers): string {
  const result = Tenant.safeParse(headers.get('x-tenant') ?? defaultTenant);
  if (!result.success)
    throw new Problem(400, 'invalid-tenant', 'The header x-tenant is 1 to 40 lower-case letters, digits or hyphens.');
  return result.data;
}
