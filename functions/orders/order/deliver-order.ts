import { command } from '../../../shared/capabilities/command.ts';
import { moveTo, Order, orderBoundary } from './order.ts';
import { OrderPath } from './order-path.ts';
import { OrderView, viewOf } from './order-view.ts';

export const deliverOrder = command({
  name: 'deliver-order',
  summary: 'Says that a shipped order has arrived',
  method: 'POST',
  route: 'orders/{id}/deliver',
  roles: ['logistics'],
  params: OrderPath,
  of: Order,
  at: ({ params: { id } }) => ({ boundary: orderBoundary(id), id }),
  decide: (order) => moveTo(order, 'delivered'),
  view: [OrderView, viewOf],
  problems: ['illegal-transition'],
});
