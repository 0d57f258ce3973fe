import { command } from '../../../shared/capabilities/command.ts';
import { moveTo, Order, orderBoundary } from './order.ts';
import { OrderPath } from './order-path.ts';
import { OrderView, viewOf } from './order-view.ts';

export const shipOrder = command({
  name: 'ship-order',
  summary: 'Says that a confirmed order has left; its stock leaves with it',
  method: 'POST',
  route: 'orders/{id}/ship',
  roles: ['logistics'],
  params: OrderPath,
  of: Order,
  at: ({ params: { id } }) => ({ boundary: orderBoundary(id), id }),
  decide: (order) => moveTo(order, 'shipped'),
  view: [OrderView, viewOf],
  problems: ['illegal-transition'],
});
