import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { Location } from '../../../shared/events/contracts/identifiers.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { locationBoundary, mainLocation } from '../location.ts';
import { ItemPath } from './item-path.ts';
import { Stock } from './stock.ts';
import { StockView, viewOf } from './stock-view.ts';

export const getStock = endpoint({
  name: 'get-stock',
  summary: 'Reads the stock of an item at a location as it is now',
  method: 'GET',
  route: 'inventory/{itemId}',
  roles: ['sales', 'warehouse', 'manager'],
  params: ItemPath,
  query: z.strictObject({ location: Location.default(mainLocation) }),
  answers: { 200: StockView },
  headers: ['etag'],
  async handle({ params: { itemId }, query: { location }, reader }) {
    const stock = await reader.read(Stock, { boundary: locationBoundary(location), id: itemId });
    if (stock === undefined) throw rejectAbsent(`there is no item ${itemId} at ${location}`);
    return ok(viewOf(stock), stock.version);
  },
});
