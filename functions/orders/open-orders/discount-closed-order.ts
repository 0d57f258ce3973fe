import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { OrderStatusChanged } from '../../../shared/events/contracts/orders.ts';
import { discountOrder } from './count-open-order.ts';
import { isOpen, openOrdersBoundary } from './open-orders.ts';

/** An order that is shipped, rejected or cancelled makes room for another. */
export const discountClosedOrder = subscriber({
  name: 'discount-closed-order',
  on: OrderStatusChanged,
  once: 'by-document',
  gathers: true,
  boundary: ({ data }) => openOrdersBoundary(data.customerId),
  async handle({ data: { orderId, to } }, work) {
    if (!isOpen(to)) await discountOrder(work, orderId);
  },
});
