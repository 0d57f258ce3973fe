import { clientAddress } from '../http/client-address.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import { Problem } from '../http/problems/problem.ts';
import type { RateLimiter } from '../http/rate-limiter.ts';
import { defaultTenant, hasRole, type Principal, Tenant } from '../security/principal.ts';
import type { TokenVerifier } from '../security/token-verifier.ts';
import type { Freshness } from '../security/why-ended.ts';
import type { Route } from './route.ts';

type Headers = IncomingRequest['headers'];

interface Gatekeeper {
  readonly verifyToken: TokenVerifier;
  readonly limiter: RateLimiter;
  readonly authLimiter: RateLimiter;
}

/** Who has no role, and by no token a name. */
const nobody = { sub: 'anonymous', roles: [] } as const;
const challenge = { headers: { 'www-authenticate': 'Bearer' } };

/**
 * Who calls, if they may and have not called too often: a principal is counted by name, who has no valid token by address.
 *
 * @throws Problem 401 without a token, 403 with a role that does not do, 429; what the verifier throws.
 */
export async function admit(
  route: Pick<Route, 'roles' | 'name' | 'isOpenTo' | 'rate'>,
  request: Pick<IncomingRequest, 'url' | 'headers'>,
  { verifyToken, limiter, authLimiter }: Gatekeeper,
): Promise<Principal> {
  const { headers } = request;
  const count = (caller: string) => {
    limiter.take(caller);
    if (route.rate === 'auth') authLimiter.take(caller);
  };
  if (route.roles === 'public' || route.isOpenTo?.(request)) {
    count(addressKey(headers));
    return { ...nobody, tenant: tenantOf(headers) };
  }
  const principal = await principalOf(headers, (token) => verifyToken(token, freshnessFor(route.roles)), limiter);
  count(`${principal.tenant}/${principal.sub}`);
  if (!hasRole(principal, ...route.roles))
    throw new Problem(403, 'forbidden', `${route.name} needs one of the roles ${route.roles.join(', ')}.`);
  return principal;
}

/** Who looks after the accounts of others could give back what was taken from them: so what is for admins alone asks anew. */
function freshnessFor(roles: Route['roles']): Freshness {
  return roles !== 'public' && roles.every((role) => role === 'admin') ? 'now' : 'recent';
}

async function principalOf(
  headers: Headers,
  verify: (token: string) => Promise<Principal>,
  limiter: RateLimiter,
): Promise<Principal> {
  try {
    const token = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
    if (token === undefined)
      throw new Problem(401, 'no-token', 'Send an access token: Authorization: Bearer …', challenge);
    return await verify(token);
  } catch (error) {
    limiter.take(addressKey(headers));
    throw error;
  }
}

/** No principal's key has two slashes at its start: tenant names have none. */
function addressKey(headers: Headers): string {
  return `//${clientAddress(headers) ?? 'unknown'}`;
}

/** On a public route no token tells the tenant; a header may. */
function tenantOf(headers: Headers): string {
  const result = Tenant.safeParse(headers.get('x-tenant') ?? defaultTenant);
  if (!result.success)
    throw new Problem(400, 'invalid-tenant', 'The header x-tenant is 1 to 40 lower-case letters, digits or hyphens.');
  return result.data;
}
