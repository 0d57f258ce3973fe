import { ok } from '../../shared/http/answer.ts';
import { endpoint } from '../../shared/service/endpoint.ts';
import { moveTo, Order, orderBoundary } from './order.ts';
import { OrderPath } from './order-path.ts';
import { OrderView, viewOf } from './order-view.ts';

export const deliverOrder = endpoint({
  name: 'deliver-order',
  summary: 'Says that a shipped order has arrived',
  method: 'POST',
  route: 'orders/{id}/deliver',
  roles: ['logistics'],
  params: OrderPath,
  answers: { 200: OrderView },
  async handle({ params: { id }, unitOfWork, ifMatch }) {
    const order = await unitOfWork(orderBoundary(id)).load(Order, id);
    ifMatch(order.version);
    order.record(moveTo(order.state, 'delivered'));
    return ok(viewOf(order), order.version);
  },
});
