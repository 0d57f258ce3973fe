import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { refuseForeign } from './access.ts';
import { Order, orderBoundary, update } from './order.ts';
import { OrderPath } from './order-path.ts';
import { OrderView, viewOf } from './order-view.ts';

const UpdateOrder = z
  .strictObject({ deliveryAddress: z.string().min(1).max(500).optional(), note: z.string().max(1_000).optional() })
  .refine((details) => Object.keys(details).length > 0, { error: 'name what to change: deliveryAddress, note' })
  .meta({
    id: 'UpdateOrder',
    description: 'What is named is changed, at least one',
    minProperties: 1,
    example: { note: 'Ring twice' },
  });

export const updateOrder = endpoint({
  name: 'update-order',
  summary: 'Changes where an order goes, or its note, until it ships',
  method: 'PATCH',
  route: 'orders/{id}',
  roles: ['customer', 'sales'],
  params: OrderPath,
  body: UpdateOrder,
  answers: { 200: OrderView },
  headers: ['etag'],
  problems: ['illegal-transition', 'precondition-failed'],
  async handle({ params: { id }, body, caller, unitOfWork, ifMatch }) {
    const order = await unitOfWork(orderBoundary(id)).load(Order, id);
    refuseForeign(caller, order.state);
    ifMatch(order.version);
    order.record(update(order.state, body));
    return ok(viewOf(order), order.version);
  },
});
