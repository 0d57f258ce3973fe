import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { freeText, text } from '../../../shared/text.ts';
import { refuseForeign } from './access.ts';
import { Order, orderBoundary, update } from './order.ts';
import { OrderPath } from './order-path.ts';
import { OrderView, viewOf } from './order-view.ts';

const UpdateOrder = z
  .strictObject({ deliveryAddress: text(500).optional(), note: freeText(1_000).optional() })
  .refine((details) => Object.keys(details).length > 0, { error: 'name what to change: deliveryAddress, note' })
  .meta({
    id: 'UpdateOrder',
    description: 'What is named is changed, at least one',
    minProperties: 1,
    example: { note: 'Ring twice' },
  });

export const updateOrder = command({
  name: 'update-order',
  summary: 'Changes where an order goes, or its note, until it ships',
  method: 'PATCH',
  route: 'orders/{id}',
  roles: ['customer', 'sales'],
  forOthers: ['sales'],
  params: OrderPath,
  body: UpdateOrder,
  of: Order,
  at: ({ params: { id } }) => ({ boundary: orderBoundary(id), id }),
  allow: refuseForeign,
  decide: (order, { body }) => update(order, body),
  view: [OrderView, viewOf],
  problems: ['illegal-transition'],
});
