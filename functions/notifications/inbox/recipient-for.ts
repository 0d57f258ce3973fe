import { whose } from '../../../shared/capabilities/endpoints/whose.ts';
import { rejectForbidden } from '../../../shared/model/rejection.ts';
import { type Access, hasRole } from '../../../shared/security/principal.ts';
import { roleOfInbox } from './role-inbox.ts';

/**
 * Whose notifications the caller means: their own, those of somebody else, or those of a role that they have.
 *
 * @throws Rejection (403) when somebody else, or a role, is named by a caller who may not.
 */
export function recipientFor(access: Access, named: string | undefined): string | undefined {
  const role = named === undefined ? undefined : roleOfInbox(named);
  if (role !== undefined) {
    if (!hasRole(access.caller, role)) throw rejectForbidden(`this inbox is for those who are ${role}`);
    return named;
  }
  return whose(access, named, 'these are notifications of somebody else: leave recipient out');
}
