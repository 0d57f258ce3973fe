import { rejectForbidden } from '../../shared/model/rejection.ts';
import { isOnlyCustomer, type Principal } from '../../shared/security/principal.ts';

/**
 * Whose notifications the caller means: a customer their own, others whoever they name.
 *
 * @throws Rejection (403) when a customer names somebody else.
 */
export function recipientFor(caller: Principal, named: string | undefined): string | undefined {
  if (!isOnlyCustomer(caller)) return named;
  if (named !== undefined && named !== caller.sub)
    throw rejectForbidden('a customer sees their own notifications: leave recipient out');
  return caller.sub;
}
