import type { Charge } from '../apps/metered/charges.ts';
import { nameOf } from './charges-during.ts';

/** Services that came after the targets of figure (d) were set. */
const laterServices: ReadonlySet<string> = new Set(['customers', 'sales']);

/**
 * What has come to the others since then: whether a customer is blocked, by which channels they want to hear, and the directory of
 * orders by status in the place of a timeline. Its entry is made as the timeline's was; it is read, and put anew, with each status.
 */
const laterRequests: ReadonlySet<string> = new Set([
  'orders: read standing',
  'orders: read order',
  'orders: read entry',
  'orders: replace entry',
  'notifications: read preferences',
]);

/** Whether an order was charged less when the targets of figure (d) were set, by this. */
export function isOfLaterServices(charge: Charge): boolean {
  return laterServices.has(charge.container) || laterRequests.has(nameOf(charge));
}
