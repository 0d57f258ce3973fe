import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { StockReserved } from '../../../shared/events/contracts/inventory.ts';
import { Order, orderBoundary, settle } from './order.ts';

/** Everything is held for the order. */
export const confirmOrder = subscriber({
  name: 'confirm-order',
  on: StockReserved,
  once: 'by-document',
  boundary: ({ data }) => orderBoundary(data.orderId),
  async handle({ data }, work) {
    const order = await work.load(Order, data.orderId);
    order.record(settle(order.state, 'confirmed'));
  },
});
