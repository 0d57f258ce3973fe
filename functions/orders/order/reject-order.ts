import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { ReservationFailed } from '../../../shared/events/contracts/inventory.ts';
import { Order, orderBoundary, settle } from './order.ts';

/** There is too little of something; the reason names it. */
export const rejectOrder = subscriber({
  name: 'reject-order',
  on: ReservationFailed,
  once: 'by-document',
  boundary: ({ data }) => orderBoundary(data.orderId),
  async handle({ data: { orderId, reason, shortages } }, work) {
    const order = await work.load(Order, orderId);
    const items = shortages.map(
      ({ itemId, requested, available }) => `${itemId} (${requested} wanted, ${available} there)`,
    );
    order.record(settle(order.state, 'rejected', `${reason}: ${items.join(', ')}`));
  },
});
