import { z } from 'zod';
import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { Location } from '../../shared/events/contracts/identifiers.ts';
import { ok } from '../../shared/http/answer.ts';
import { ItemPath } from './item-path.ts';
import { locationBoundary, mainLocation } from './location.ts';
import { reorderAt, Stock } from './stock.ts';
import { StockView, viewOf } from './stock-view.ts';

const SetReorderPoint = z
  .strictObject({
    reorderPoint: z.int().min(0).max(1_000_000),
    location: Location.default(mainLocation),
  })
  .meta({ id: 'SetReorderPoint', example: { reorderPoint: 10 } });

export const setReorderPoint = endpoint({
  name: 'set-reorder-point',
  summary: 'Sets the level at which more should be ordered',
  method: 'PUT',
  route: 'inventory/{itemId}/reorder-point',
  roles: ['warehouse'],
  params: ItemPath,
  body: SetReorderPoint,
  answers: { 200: StockView },
  headers: ['etag'],
  problems: ['precondition-failed'],
  async handle({ params: { itemId }, body: { reorderPoint, location }, unitOfWork, ifMatch }) {
    const stock = await unitOfWork(locationBoundary(location)).load(Stock, itemId);
    ifMatch(stock.version);
    stock.record(reorderAt(stock.state, reorderPoint));
    return ok(viewOf(stock.state), stock.version);
  },
});
