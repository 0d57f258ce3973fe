import { directory } from '../../../shared/capabilities/directory.ts';
import {
  CustomerDeleted,
  CustomerFollowedUp,
  CustomerInteractionLogged,
} from '../../../shared/events/contracts/customers.ts';
import { Customer, customerBoundary } from '../customer/customer.ts';

export const followUpsBoundary = 'follow-ups';

/** The customers to whom somebody has to come back, the most pressing first: an entry names them by their id alone. */
export const followUps = directory({
  name: 'list-follow-ups-of-all',
  of: Customer,
  on: [CustomerInteractionLogged, CustomerFollowedUp, CustomerDeleted],
  boundary: () => followUpsBoundary,
  address: ({ data: { customerId: id } }) => ({ boundary: customerBoundary(id), id }),
  entry({ followUps: open }) {
    const [first] = open.map(({ followUpAt }) => followUpAt).toSorted();
    return first === undefined ? undefined : { followUpAt: first, by: asText(open.map(({ by }) => by)) };
  },
  filters: ['by'],
  order: 'followUpAt',
});

/** Who has to come back, as one text in which each is found as a whole. */
export function asText(who: readonly string[]): string {
  return `|${who.join('|')}|`;
}
