import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { freeText, text } from '../../../shared/text.ts';
import { refuseForeign } from './access.ts';
import { update } from './order-details.ts';
import { ofOrderInPath } from './order-path.ts';

const UpdateOrder = z
  .strictObject({ deliveryAddress: text(500).nullable().optional(), note: freeText(1_000).nullable().optional() })
  .refine((details) => Object.keys(details).length > 0, { error: 'name what to change: deliveryAddress, note' })
  .meta({
    id: 'UpdateOrder',
    description: 'What is named is changed, at least one; what is null is cleared (a JSON Merge Patch)',
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
  body: UpdateOrder,
  ...ofOrderInPath,
  allow: refuseForeign,
  decide: (order, { body }, beside) => update(order, body, beside),
  problems: ['illegal-transition'],
});
