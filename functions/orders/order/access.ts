import { rejectAbsent, rejectForbidden } from '../../../shared/model/rejection.ts';
import { isOnlyCustomer, type Principal } from '../../../shared/security/principal.ts';

/** A customer's order is nobody else's business, not even that it exists. @throws Rejection (404) */
export function refuseForeign(
  caller: Principal,
  order: { readonly orderId: string; readonly customerId: string },
): void {
  if (isOnlyCustomer(caller) && order.customerId !== caller.sub)
    throw rejectAbsent(`there is no order ${order.orderId}`);
}

/**
 * For whom the caller orders or asks: a customer for themselves, others for whoever they name.
 *
 * @throws Rejection (403) when a customer names somebody else.
 */
export function customerFor(caller: Principal, named: string | undefined): string | undefined {
  if (!isOnlyCustomer(caller)) return named;
  if (named !== undefined && named !== caller.sub)
    throw rejectForbidden('a customer orders for themselves: leave customerId out');
  return caller.sub;
}
