import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { UserCreated } from '../../../shared/events/contracts/identity.ts';
import { begin, Customer, customerBoundary } from './customer.ts';

/** Whoever registers as a customer has a record from then on; who they are, the account alone knows. */
export const welcomeCustomer = subscriber({
  name: 'welcome-customer',
  on: UserCreated,
  once: 'by-document',
  boundary: ({ data: { userId, roles } }) => (roles.includes('customer') ? customerBoundary(userId) : undefined),
  reads: ({ data }) => [{ type: Customer, id: data.userId, isLikelyNew: true }],
  async handle({ data: { userId: customerId, createdAt } }, work) {
    const customer = await work.expectNew(Customer, customerId);
    if (!customer.exists) customer.record(begin({ customerId, kind: 'person', source: 'account', createdAt }));
  },
});
