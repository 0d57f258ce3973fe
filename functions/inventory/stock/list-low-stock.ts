import { directory } from '../../../shared/capabilities/directory.ts';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { Location } from '../../../shared/events/contracts/identifiers.ts';
import { StockNormalized, StockUpdated } from '../../../shared/events/contracts/inventory.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { locationBoundary, mainLocation } from '../location.ts';
import { levelOf, Stock } from './stock.ts';
import { StockView, viewOf } from './stock-view.ts';

function lowBoundary(location: string): string {
  return `low-stock:${location}`;
}

/**
 * The items of a location of which more should be ordered. A change of what is plentiful does not concern it, which is most of
 * them: that there is enough again has an event of its own.
 */
export const lowStock = directory({
  name: 'follow-low-stock',
  of: Stock,
  on: [StockUpdated, StockNormalized],
  concerns: ({ type, data }) => type === StockNormalized.type || data.available <= data.reorderPoint,
  boundary: ({ data }) => lowBoundary(data.location),
  address: ({ data: { location, itemId } }) => ({ boundary: locationBoundary(location), id: itemId }),
  entry: (stock) => (levelOf(stock) === 'normal' ? undefined : { itemId: stock.itemId }),
  order: 'itemId',
});

export const listLowStock = endpoint({
  name: 'list-low-stock',
  summary: 'Lists the items at a location that are at their reorder point or below, by item',
  method: 'GET',
  route: 'low-stock',
  roles: ['sales', 'warehouse', 'purchasing', 'manager'],
  query: PageQuery.extend({ location: Location.default(mainLocation) }),
  answers: { 200: pageOf(StockView) },
  problems: ['invalid-continuation'],
  async handle({ query: { location, ...paging }, reader }) {
    const { items, ...rest } = await lowStock.list(reader, lowBoundary(location), paging);
    return ok({ items: items.map(viewOf), ...rest });
  },
});
