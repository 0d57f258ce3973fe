import { Problem } from '../http/problems/problem.ts';
import type { Settings } from '../settings/settings.ts';
import { preflightHeaders } from './cors.ts';
import { matchesPath } from './matches-path.ts';
import type { HttpMethod, Route } from './route.ts';
import { routeProblems } from './route-problems.ts';

/**
 * Takes every request that no route takes: the host alone would answer an empty 404 for a path that there is not, and for a
 * method that a path does not take, a browser's preflight among them.
 *
 * It overlaps with every other route, so it must be the last that the host tries. Hosts that order routes by the name of
 * their function find this name last, and hosts that order them by how specific they are a `{*path}`.
 */
export function unmatchedRoute(routes: readonly Route[], settings: Pick<Settings, 'CORS_ORIGINS'>): Route {
  const addresses = routes.map(({ route, methods }) => ({ matches: matchesPath(route), methods }));
  return {
    name: 'zz-unmatched',
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    route: '{*path}',
    roles: 'public',
    problems: new Set([...routeProblems({ roles: 'public' }), 'no-such-route', 'method-not-allowed']),
    async respond({ request }) {
      const { pathname } = new URL(request.url);
      const methods = addresses.filter(({ matches }) => matches(pathname)).flatMap((address) => address.methods);
      if (methods.length === 0) throw new Problem(404, 'no-such-route', 'There is nothing at this address.');
      const allowed: readonly HttpMethod[] = [...new Set(methods), 'OPTIONS'];
      const allow = allowed.join(', ');
      if (request.method !== 'OPTIONS')
        throw new Problem(405, 'method-not-allowed', `This address takes ${allow}.`, { headers: { allow } });
      const origin = request.headers.get('origin');
      return { status: 204, headers: { allow, ...preflightHeaders(settings.CORS_ORIGINS, origin, allowed) } };
    },
  };
}
