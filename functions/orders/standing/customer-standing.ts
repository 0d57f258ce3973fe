import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';
import { reject } from '../../../shared/model/rejection.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';

/** Whether a customer may order, as far as customers have told; of most nothing was ever told. */
export const CustomerStanding = defineProjection({
  kind: 'standing',
  state: z.object({
    isBlocked: z.boolean(),
    /** The sequence of the event that this comes from: an older one changes nothing. */
    sequence: z.int(),
  }),
});

export function standingBoundary(customerId: string): string {
  return `standing-of:${customerId}`;
}

/** As of the last second: a block comes by an event, which takes its time as well. @throws Rejection customer-blocked */
export async function refuseBlocked(reader: Reader, customerId: string): Promise<void> {
  const address = { boundary: standingBoundary(customerId), id: customerId };
  const standing = await reader.readRecent(CustomerStanding, address, { orAbsent: true });
  if (standing?.state.isBlocked === true)
    throw reject('customer-blocked', `the customer ${customerId} is blocked, and orders nothing more`);
}
