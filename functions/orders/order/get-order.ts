import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { refuseForeign } from './access.ts';
import { Order, orderBoundary } from './order.ts';
import { OrderPath } from './order-path.ts';
import { OrderView, onceItsStockIsKnown, viewWithDetails } from './order-view.ts';

export const getOrder = endpoint({
  name: 'get-order',
  summary: 'Reads an order as it is now',
  method: 'GET',
  route: 'orders/{id}',
  roles: ['customer', 'sales', 'manager'],
  forOthers: ['sales', 'manager'],
  params: OrderPath,
  answers: { 200: OrderView },
  decidedLater: onceItsStockIsKnown,
  headers: ['etag'],
  async handle({ params: { id }, reader, ...context }) {
    const order = await reader.read(Order, { boundary: orderBoundary(id), id });
    if (order === undefined) throw rejectAbsent(`there is no order ${id}`);
    refuseForeign(context, order.state);
    return ok(await viewWithDetails(reader, order), order.version);
  },
});
