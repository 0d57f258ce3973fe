import type { ProblemCode } from '../http/problems/catalogue.ts';
import type { Route } from './route.ts';

const ofAll: readonly ProblemCode[] = ['too-many-requests', 'timed-out', 'internal'];
const ofPublicRoutes: readonly ProblemCode[] = ['invalid-tenant'];
const ofOtherRoutes: readonly ProblemCode[] = [
  'no-token',
  'invalid-token',
  'issuer-unavailable',
  'unavailable',
  'forbidden',
];

/** What `serveRoute` may answer in place of a route, whatever it serves. */
export function routeProblems({ roles, isOpenTo }: Pick<Route, 'roles' | 'isOpenTo'>): readonly ProblemCode[] {
  const mayBePublic = roles === 'public' || isOpenTo !== undefined;
  return [...ofAll, ...(mayBePublic ? ofPublicRoutes : []), ...(roles === 'public' ? [] : ofOtherRoutes)];
}
