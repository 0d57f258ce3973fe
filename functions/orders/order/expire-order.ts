import { deadline } from '../../../shared/capabilities/deadline.ts';
import { expire, Order } from './order.ts';

/** Nobody said whether there is stock, or nobody shipped it: the order is given up, and whatever was held for it is released. */
export const expireOrder = deadline({
  name: 'expire-order',
  on: Order,
  async handle(order) {
    order.record(expire(order.state));
  },
});
