import { deadline } from '../../../shared/capabilities/deadline.ts';
import { Order, orderBoundary } from '../order/order.ts';
import { discountOrder } from './count-open-order.ts';
import { isOpen, OpenOrder } from './open-orders.ts';

/** By now the order that was counted is there, or never will be: a crash may have come between the two. */
export const checkOpenOrder = deadline({
  name: 'check-open-order',
  on: OpenOrder,
  async handle(counted, work, { reader }) {
    const order = await reader.read(Order, { boundary: orderBoundary(counted.id), id: counted.id });
    if (order !== undefined && isOpen(order.state.status)) counted.put({ pieces: counted.state.pieces });
    else await discountOrder(work, counted.id);
  },
});
