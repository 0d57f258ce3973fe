import { z } from 'zod';
import { CustomerId } from '../../../shared/events/contracts/identifiers.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import type { Access } from '../../../shared/security/principal.ts';

/** The path of a route about one customer. */
export const CustomerPath = z.object({ id: CustomerId });

/** Whether there is a customer is nobody else's business. @throws Rejection (404) where a customer asks about another */
export function refuseOthers({ caller, isForOneself }: Access, customerId: string): void {
  if (isForOneself && customerId !== caller.sub) throw rejectAbsent(`there is no customer ${customerId}`);
}
