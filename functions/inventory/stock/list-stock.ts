import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { listBoundary } from '../../../shared/capabilities/list-boundary.ts';
import { Location } from '../../../shared/events/contracts/identifiers.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { locationBoundary, mainLocation } from '../location.ts';
import { Stock } from './stock.ts';
import { StockView, viewOf } from './stock-view.ts';

export const listStock = endpoint({
  name: 'list-stock',
  summary: 'Lists the stock at a location by item',
  method: 'GET',
  route: 'inventory',
  roles: ['sales', 'warehouse', 'manager'],
  query: PageQuery.extend({ location: Location.default(mainLocation) }),
  answers: { 200: pageOf(StockView) },
  problems: ['invalid-continuation'],
  async handle({ query: { location, ...paging }, reader }) {
    const { items, ...rest } = await listBoundary(reader, Stock, locationBoundary(location), paging);
    return ok({ items: items.map(viewOf), ...rest });
  },
});
