import { z } from 'zod';
import { command } from '../../shared/capabilities/command.ts';
import { Location, nameable } from '../../shared/events/contracts/identifiers.ts';
import { text } from '../../shared/text.ts';
import { ItemPath } from './item-path.ts';
import { locationBoundary, mainLocation } from './location.ts';
import { change, Stock } from './stock.ts';
import { StockView, viewOf } from './stock-view.ts';

const AdjustStock = z
  .strictObject({
    quantity: z
      .int()
      .min(-10_000)
      .max(10_000)
      .refine((quantity) => quantity !== 0, { error: 'is zero: there is nothing to adjust' })
      .describe('How many more there are than we thought; negative where there are fewer'),
    location: nameable(Location).default(mainLocation),
    reason: text(200).default('adjusted'),
  })
  .meta({ id: 'AdjustStock', example: { quantity: -2, reason: 'broken' } });

export const adjustStock = command({
  name: 'adjust-stock',
  summary: 'Corrects what is on hand after a count; what is reserved stays covered',
  method: 'POST',
  route: 'inventory/{itemId}/adjust',
  roles: ['warehouse'],
  params: ItemPath,
  body: AdjustStock,
  of: Stock,
  at: ({ params: { itemId }, body }) => ({ boundary: locationBoundary(body.location), id: itemId }),
  decide: (stock, { body: { quantity, reason } }) => change(stock, { onHand: quantity, reason }),
  view: [StockView, viewOf],
  problems: ['insufficient-stock'],
});
