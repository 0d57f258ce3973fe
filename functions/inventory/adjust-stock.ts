import { z } from 'zod';
import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { Location } from '../../shared/events/contracts/identifiers.ts';
import { ok } from '../../shared/http/answer.ts';
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
    location: Location.default(mainLocation),
    reason: z.string().min(1).max(200).default('adjusted'),
  })
  .meta({ id: 'AdjustStock', example: { quantity: -2, reason: 'broken' } });

export const adjustStock = endpoint({
  name: 'adjust-stock',
  summary: 'Corrects what is on hand after a count; what is reserved stays covered',
  method: 'POST',
  route: 'inventory/{itemId}/adjust',
  roles: ['warehouse'],
  params: ItemPath,
  body: AdjustStock,
  answers: { 200: StockView },
  headers: ['etag'],
  problems: ['insufficient-stock', 'precondition-failed'],
  async handle({ params: { itemId }, body: { quantity, location, reason }, unitOfWork, ifMatch }) {
    const stock = await unitOfWork(locationBoundary(location)).load(Stock, itemId);
    ifMatch(stock.version);
    stock.record(change(stock.state, { onHand: quantity, reason }));
    return ok(viewOf(stock.state), stock.version);
  },
});
