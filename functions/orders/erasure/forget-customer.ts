import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import { ordersOf } from '../order/order-timelines.ts';
import { Erasure } from './erasure.ts';

/** Has the orders of somebody who is gone say no more of them than a shop has to keep; `eraseOrderDetails` does it. */
export const forgetCustomer = subscriber({
  name: 'forget-customer',
  on: UserDeleted,
  once: 'by-document',
  boundary: ({ data }) => ordersOf(data.userId),
  async handle({ data: { userId: customerId }, time }, work) {
    const erasure = await work.load(Erasure, customerId);
    if (!erasure.exists) erasure.put({ customerId, isLastRound: false, dueAt: time });
  },
});
