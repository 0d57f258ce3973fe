import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { NamedLocation, ofStockNamed } from './item-path.ts';
import { reorderAt } from './stock.ts';

const SetReorderPoint = z
  .strictObject({
    reorderPoint: z.int().min(0).max(1_000_000),
    location: NamedLocation,
  })
  .meta({ id: 'SetReorderPoint', example: { reorderPoint: 10 } });

export const setReorderPoint = command({
  name: 'set-reorder-point',
  summary: 'Sets the level at which more should be ordered',
  method: 'PUT',
  route: 'inventory/{itemId}/reorder-point',
  roles: ['warehouse'],
  body: SetReorderPoint,
  ...ofStockNamed,
  decide: (stock, { body: { reorderPoint } }) => reorderAt(stock, reorderPoint),
});
