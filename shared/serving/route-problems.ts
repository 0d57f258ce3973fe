import type { ProblemCode } from '../http/problems/catalogue.ts';
import type { Route } from './route.ts';

const ofAll: readonly ProblemCode[] = ['invalid-tenant', 'too-many-requests', 'timed-out', 'internal'];
const ofOtherRoutes: readonly ProblemCode[] = [
  'no-token',
  'invalid-token',
  'issuer-unavailable',
  'unavailable',
  'forbidden',
];

/** What `serveRoute` may answer in place of a route, whatever it serves. */
export function routeProblems({ roles }: Pick<Route, 'roles'>): readonly ProblemCode[] {
  return [...ofAll, ...(roles === 'public' ? [] : ofOtherRoutes)];
}
