import { redaction } from '../../../shared/capabilities/redaction.ts';
import { CustomerDeleted } from '../../../shared/events/contracts/customers.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import { Order, orderBoundary } from './order.ts';
import { forget, OrderDetails } from './order-details.ts';
import { ordersOf, ordersOfCustomer } from './order-lists.ts';

const orders = {
  list: ordersOfCustomer,
  series: ordersOf,
  of: Order,
  beside: OrderDetails,
  boundary: orderBoundary,
  decide: forget,
};

/** Has the orders of somebody who is gone say no more of them than a shop has to keep: no address, and nothing that was written. */
export const forgetCustomer = redaction({
  name: 'forget-customer',
  on: UserDeleted,
  id: ({ data }) => data.userId,
  ...orders,
});

/** The same for a customer who had no account. Of who had one both are told, and the first of them does it. */
export const forgetDeletedCustomer = redaction({
  name: 'forget-deleted-customer',
  on: CustomerDeleted,
  id: ({ data }) => data.customerId,
  ...orders,
});
