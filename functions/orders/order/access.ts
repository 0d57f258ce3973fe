import { whose } from '../../../shared/capabilities/endpoints/whose.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import type { Access } from '../../../shared/security/principal.ts';

/** A customer's order is nobody else's business, not even that it exists. @throws Rejection (404) */
export function refuseForeign(
  { caller, isForOneself }: Access,
  order: { readonly orderId: string; readonly customerId: string },
): void {
  if (isForOneself && order.customerId !== caller.sub) throw rejectAbsent(`there is no order ${order.orderId}`);
}

/**
 * For whom the caller orders or asks: for themselves, or for whoever they name where they may for others.
 *
 * @throws Rejection (403) when somebody else is named by a caller who may not.
 */
export function customerFor(access: Access, named: string | undefined): string | undefined {
  return whose(access, named, 'a customer orders for themselves: leave customerId out');
}
