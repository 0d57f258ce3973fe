import { type Endpoint, endpoint } from '../../../shared/capabilities/endpoint.ts';
import type { OrderStatus } from '../../../shared/events/contracts/orders.ts';
import { ok } from '../../../shared/http/answer.ts';
import { moveTo, Order, orderBoundary } from './order.ts';
import { OrderPath } from './order-path.ts';
import { OrderView, viewOf } from './order-view.ts';

export interface Transition {
  readonly name: string;
  readonly summary: string;
  /** The last part of the route. */
  readonly verb: string;
  readonly to: OrderStatus;
}

/** What logistics says of an order: that it is in the next status, and nothing else. */
export function transition({ name, summary, verb, to }: Transition): Endpoint {
  return endpoint({
    name,
    summary,
    method: 'POST',
    route: `orders/{id}/${verb}`,
    roles: ['logistics'],
    params: OrderPath,
    answers: { 200: OrderView },
    headers: ['etag'],
    problems: ['illegal-transition', 'precondition-failed'],
    async handle({ params: { id }, unitOfWork, ifMatch }) {
      const order = await unitOfWork(orderBoundary(id)).load(Order, id);
      ifMatch(order.version);
      order.record(moveTo(order.state, to));
      return ok(viewOf(order), order.version);
    },
  });
}
