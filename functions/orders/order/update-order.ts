import { command } from '../../../shared/capabilities/command.ts';
import { patchOf } from '../../../shared/http/patch-body.ts';
import { freeText, text } from '../../../shared/text.ts';
import { refuseForeign } from './access.ts';
import { update } from './order-details.ts';
import { ofOrderInPath } from './order-path.ts';

const UpdateOrder = patchOf({ deliveryAddress: text(500).nullable(), note: freeText(1_000).nullable() }).meta({
  id: 'UpdateOrder',
  description: 'What is named is changed, at least one; what is null is cleared (a JSON Merge Patch)',
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
