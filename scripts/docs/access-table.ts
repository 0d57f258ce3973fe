import type { Service } from '../../shared/capabilities/define-service.ts';
import { roles as allRoles, type Role } from '../../shared/security/principal.ts';
import type { ApiOperation } from '../../shared/serving/openapi/operation.ts';
import { operationsOf } from '../../shared/serving/openapi/operations-of.ts';
import { pathsOf } from '../../shared/serving/openapi/route-paths.ts';
import { markdownTable } from './generated-part.ts';

type Access = Pick<ApiOperation, 'roles' | 'forOthers'>;

/** Who may call each route, and who may reach by it what is of others, for docs/security.md. */
export function accessTable(services: readonly Service[]): string {
  const rows = operationsOf(services).flatMap(({ tag, method, route, ...access }) =>
    pathsOf(route).map(({ path }) => [tag, `${method} ${path}`, mayCall(access), mayForOthers(access)]),
  );
  return markdownTable(['service', 'route', 'who may call it', 'of others'], rows);
}

function mayCall({ roles }: Access): string {
  if (roles === 'public') return 'everybody';
  return hasAll(roles) ? 'any role' : inWords(roles);
}

/** What is of nobody in particular, such as a product, is of no others either. */
function mayForOthers({ roles, forOthers }: Access): string {
  if (roles === 'public' || roles.every((role) => forOthers.includes(role))) return '';
  return forOthers.length === 0 ? 'nobody' : inWords(forOthers);
}

function hasAll(roles: readonly Role[]): boolean {
  return allRoles.every((role) => roles.includes(role));
}

/** Admins pass everywhere, so a list that names them says no more. */
function inWords(roles: readonly Role[]): string {
  return [...roles.filter((role) => role !== 'admin'), 'admin'].join(', ');
}
