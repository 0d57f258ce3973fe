import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { text } from '../../../shared/text.ts';
import { NamedLocation, ofStockNamed } from './item-path.ts';
import { change } from './stock.ts';

const AdjustStock = z
  .strictObject({
    quantity: z
      .int()
      .min(-10_000)
      .max(10_000)
      .refine((quantity) => quantity !== 0, { error: 'is zero: there is nothing to adjust' })
      .describe('How many more there are than we thought; negative where there are fewer'),
    location: NamedLocation,
    reason: text(200).default('adjusted'),
  })
  .meta({ id: 'AdjustStock', example: { quantity: -2, reason: 'broken' } });

export const adjustStock = command({
  name: 'adjust-stock',
  summary: 'Corrects what is on hand after a count; what is reserved stays covered',
  method: 'POST',
  route: 'inventory/{itemId}/adjust',
  roles: ['warehouse'],
  body: AdjustStock,
  ...ofStockNamed,
  decide: (stock, { body: { quantity, reason } }) => change(stock, { onHand: quantity, reason }),
  problems: ['insufficient-stock'],
});
