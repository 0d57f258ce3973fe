import { whose } from '../../shared/capabilities/endpoints/whose.ts';
import type { Access } from '../../shared/security/principal.ts';

/** Whose notifications the caller means. @throws Rejection (403) when somebody else is named by a caller who may not. */
export function recipientFor(access: Access, named: string | undefined): string | undefined {
  return whose(access, named, 'these are notifications of somebody else: leave recipient out');
}
