import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { ReservationFailed } from '../../../shared/events/contracts/inventory.ts';
import { Order, orderBoundary, settle } from './order.ts';

/** There is too little of something; the reason names it. */
export const rejectOrder = subscriber({
  name: 'reject-order',
  on: ReservationFailed,
  once: 'by-document',
  boundary: ({ data }) => orderBoundary(data.orderId),
  async handle({ data: { orderId, shortages } }, work) {
    const order = await work.load(Order, orderId);
    order.record(settle(order.state, 'rejected', { reason: 'insufficient-stock', shortages }));
  },
});
