import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { refuseForeign } from './access.ts';
import { cancel, Order, orderBoundary } from './order.ts';
import { OrderPath } from './order-path.ts';
import { OrderView, viewOf } from './order-view.ts';

const CancelOrder = z
  .strictObject({ reason: z.string().min(1).max(500).default('cancelled by the customer') })
  .meta({ id: 'CancelOrder' });

export const cancelOrder = endpoint({
  name: 'cancel-order',
  summary: 'Cancels an order that is not shipped; cancelling it again changes nothing',
  method: 'POST',
  route: 'orders/{id}/cancel',
  roles: ['customer', 'sales'],
  params: OrderPath,
  body: CancelOrder,
  answers: { 200: OrderView },
  headers: ['etag'],
  problems: ['illegal-transition', 'precondition-failed'],
  async handle({ params: { id }, body, caller, unitOfWork, ifMatch }) {
    const order = await unitOfWork(orderBoundary(id)).load(Order, id);
    refuseForeign(caller, order.state);
    ifMatch(order.version);
    order.record(cancel(order.state, body.reason));
    return ok(viewOf(order), order.version);
  },
});
