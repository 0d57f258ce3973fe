import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { text } from '../../../shared/text.ts';
import { refuseForeign } from './access.ts';
import { cancel, Order, orderBoundary } from './order.ts';
import { OrderPath } from './order-path.ts';
import { OrderView, viewOf } from './order-view.ts';

const CancelOrder = z
  .strictObject({ reason: text(500).default('cancelled by the customer') })
  .meta({ id: 'CancelOrder' });

export const cancelOrder = command({
  name: 'cancel-order',
  summary: 'Cancels an order that is not shipped; cancelling it again changes nothing',
  method: 'POST',
  route: 'orders/{id}/cancel',
  roles: ['customer', 'sales'],
  forOthers: ['sales'],
  params: OrderPath,
  body: CancelOrder,
  of: Order,
  at: ({ params: { id } }) => ({ boundary: orderBoundary(id), id }),
  allow: refuseForeign,
  decide: (order, { body }) => cancel(order, body.reason),
  view: [OrderView, viewOf],
  problems: ['illegal-transition'],
});
