import { z } from 'zod';
import { command } from '../../shared/capabilities/command.ts';
import { Location, nameable } from '../../shared/events/contracts/identifiers.ts';
import { ItemPath } from './item-path.ts';
import { locationBoundary, mainLocation } from './location.ts';
import { reorderAt, Stock } from './stock.ts';
import { StockView, viewOf } from './stock-view.ts';

const SetReorderPoint = z
  .strictObject({
    reorderPoint: z.int().min(0).max(1_000_000),
    location: nameable(Location).default(mainLocation),
  })
  .meta({ id: 'SetReorderPoint', example: { reorderPoint: 10 } });

export const setReorderPoint = command({
  name: 'set-reorder-point',
  summary: 'Sets the level at which more should be ordered',
  method: 'PUT',
  route: 'inventory/{itemId}/reorder-point',
  roles: ['warehouse'],
  params: ItemPath,
  body: SetReorderPoint,
  of: Stock,
  at: ({ params: { itemId }, body }) => ({ boundary: locationBoundary(body.location), id: itemId }),
  decide: (stock, { body: { reorderPoint } }) => reorderAt(stock, reorderPoint),
  view: [StockView, viewOf],
});
