import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { CustomerDeleted, CustomerUpdated } from '../../../shared/events/contracts/customers.ts';
import { CustomerStanding, standingBoundary } from './customer-standing.ts';

/** Remembers who is blocked; who is deleted is not any more. */
export const followStanding = subscriber({
  name: 'follow-standing-of-customers',
  on: [CustomerUpdated, CustomerDeleted],
  once: 'by-document',
  projects: [CustomerStanding],
  boundary: ({ data }) =>
    'changed' in data && !data.changed.includes('status') ? undefined : standingBoundary(data.customerId),
  async handle({ sequence, data }, work) {
    const isBlocked = 'status' in data && data.status === 'blocked';
    const standing = await work.load(CustomerStanding, data.customerId);
    const isNews = standing.exists ? standing.state.sequence < sequence : 'status' in data;
    if (isNews) standing.put({ isBlocked, sequence });
  },
});
