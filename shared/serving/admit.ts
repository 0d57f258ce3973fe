import type { AddressSources } from '../http/client-address.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import { Problem } from '../http/problems/problem.ts';
import type { RateLimiter } from '../http/rate-limiter.ts';
import { hasRole, type Principal } from '../security/principal.ts';
import type { TokenVerifier } from '../security/token-verifier.ts';
import type { Freshness } from '../security/why-ended.ts';
import type { Settings } from '../settings/settings.ts';
import { type RateByAddress, rateByAddress } from './rate-by-address.ts';
import type { RequestAccount } from './request-account.ts';
import { isForAdminsAlone, type Route } from './route.ts';
import { refuseOtherTenant, tenantOf } from './tenant-of.ts';

type Headers = IncomingRequest['headers'];

interface Gatekeeper {
  readonly verifyToken: TokenVerifier;
  readonly limiter: RateLimiter;
  readonly authLimiter: RateLimiter;
  readonly settings: AddressSources & Pick<Settings, 'TENANTS'>;
}

/** Who has no role, and by no token a name. */
const nobody = { sub: 'anonymous', roles: [] } as const;
const challenge = { headers: { 'www-authenticate': 'Bearer' } };

/**
 * Who calls, if they may and have not called too often: a principal is counted by name, who has no valid token by address. The
 * account of the request names them also where they may not.
 *
 * @throws Problem 400 for a tenant that is none, 401 without a token, 403 with a role that does not do, 429; what the verifier
 * throws.
 */
export async function admit(
  route: Pick<Route, 'roles' | 'name' | 'isOpenTo' | 'rate'>,
  request: Pick<IncomingRequest, 'url' | 'headers'>,
  { verifyToken, limiter, authLimiter, settings }: Gatekeeper,
  account: Pick<RequestAccount, 'caller'>,
): Promise<Principal> {
  const { headers } = request;
  const limiters = route.rate === 'auth' ? [limiter, authLimiter] : [limiter];
  if (route.roles === 'public' || route.isOpenTo?.(request)) {
    rateByAddress(headers, settings, limiters).take();
    account.caller = { ...nobody, tenant: tenantOf(headers, settings.TENANTS) };
    return account.caller;
  }
  const byAddress = rateByAddress(headers, settings, [limiter]);
  const freshness = freshnessFor(route);
  const principal = await principalOf(
    headers,
    (token, beforeWork) => verifyToken(token, { freshness, beforeWork }),
    byAddress,
  );
  account.caller = principal;
  for (const each of limiters) each.take(`${principal.tenant}/${principal.sub}`);
  refuseOtherTenant(principal, settings.TENANTS);
  if (!hasRole(principal, ...route.roles))
    throw new Problem(403, 'forbidden', `${route.name} needs one of the roles ${route.roles.join(', ')}.`);
  return principal;
}

/** Who looks after the accounts of others could give back what was taken from them: so what is for admins alone asks anew. */
function freshnessFor(route: Pick<Route, 'roles'>): Freshness {
  return isForAdminsAlone(route) ? 'now' : 'recent';
}

/**
 * A token that has to be checked is counted by address until it has proved good: so who sends forged ones is not checked any more
 * once they have sent too many, and many good callers of one address are in nobody's way.
 */
async function principalOf(
  headers: Headers,
  verify: (token: string, beforeWork: () => void) => Promise<Principal>,
  byAddress: RateByAddress,
): Promise<Principal> {
  const token = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  let isCounted = false;
  const count = () => {
    byAddress.take();
    isCounted = true;
  };
  try {
    if (token === undefined)
      throw new Problem(401, 'no-token', 'Send an access token: Authorization: Bearer …', challenge);
    const principal = await verify(token, count);
    if (isCounted) byAddress.giveBack();
    return principal;
  } catch (error) {
    if (!isCounted) count();
    throw error;
  }
}
