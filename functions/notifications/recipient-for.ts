import { rejectForbidden } from '../../shared/model/rejection.ts';
import type { Access } from '../../shared/security/principal.ts';

/**
 * Whose notifications the caller means: their own, or those of whoever they name where they may see those of others.
 *
 * @throws Rejection (403) when somebody else is named by a caller who may not.
 */
export function recipientFor({ caller, isForOneself }: Access, named: string | undefined): string | undefined {
  if (!isForOneself) return named;
  if (named !== undefined && named !== caller.sub)
    throw rejectForbidden('these are notifications of somebody else: leave recipient out');
  return caller.sub;
}
