import { whose } from '../../../shared/capabilities/endpoints/whose.ts';
import type { Lookup } from '../../../shared/lookups/define-lookup.ts';
import { EmailToVerify } from '../../../shared/lookups/email-to-verify.ts';
import { Rejection, rejectAbsent } from '../../../shared/model/rejection.ts';
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

/**
 * Whoever orders for themselves is told by mail what becomes of it: so they have to be reached, where that is asked for. It is looked up as it
 * is now, since a token is older than the click on a link.
 *
 * @throws Rejection email-unverified
 */
export async function refuseUnverified(userId: string, lookup: Lookup): Promise<void> {
  const verification = await lookup(EmailToVerify, { userId });
  if (verification?.isVerified === false)
    throw new Rejection(
      'email-unverified',
      'Show first that your e-mail address is yours: open the link of the mail that was sent there, or ask for another one.',
      'forbidden',
    );
}
