import { redaction } from '../../../shared/capabilities/redaction.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import { forget, Order, orderBoundary } from './order.ts';
import { ordersOf, ordersOfCustomer } from './order-timelines.ts';

/** Has the orders of somebody who is gone say no more of them than a shop has to keep: neither delivery address nor note. */
export const forgetCustomer = redaction({
  name: 'forget-customer',
  on: UserDeleted,
  id: ({ data }) => data.userId,
  list: ordersOfCustomer,
  series: ordersOf,
  of: Order,
  boundary: orderBoundary,
  decide: forget,
});
