import { rejectForbidden } from '../../model/rejection.ts';
import type { Access } from '../../security/principal.ts';

/**
 * Whose things the caller means: their own, or those of whoever they name where they may ask about others; nothing, where they
 * may and name nobody.
 *
 * @example
 * const access = { caller: { sub: 'user-1', tenant: 'main', roles: ['customer'] }, isForOneself: true } as const;
 * whose(access, undefined, 'a customer orders for themselves: leave customerId out'); // 'user-1'
 *
 * @throws Rejection (403) with this text when somebody else is named by a caller who may not.
 */
export function whose(
  { caller, isForOneself }: Access,
  named: string | undefined,
  refusal: string,
): string | undefined {
  if (!isForOneself) return named;
  if (named !== undefined && named !== caller.sub) throw rejectForbidden(refusal);
  return caller.sub;
}
