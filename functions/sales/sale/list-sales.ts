import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { listBoundary } from '../../../shared/capabilities/list-boundary.ts';
import { RegisterName } from '../../../shared/events/contracts/sales.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { LocalDate } from '../../../shared/local-date.ts';
import { shopBoundary } from '../shop/shop.ts';
import { readShop, ShopPath } from '../shop/shop-path.ts';
import { Sale, SaleStatus } from './sale.ts';
import { SaleView, viewOf } from './sale-view.ts';

const SalesQuery = PageQuery.extend({
  day: LocalDate.optional().describe('The business day: that on which the session was opened'),
  status: SaleStatus.optional().describe('Only sales that have this status now'),
  register: RegisterName.optional().describe(
    'Only sales of this till; with `status=open`, what keeps it from being closed',
  ),
  receipt: z.string().min(1).max(200).optional().describe('The number of the receipt'),
  flagged: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: only sales made without the network that differ from what was known; false: only the others'),
});

/** What lists of sales are filtered and sorted by. */
export const saleIndexes = {
  filtered: ['status', 'register', 'receiptNumber', 'flagCount'],
  sorted: ['soldAt', ['businessDay', 'soldAt']],
};

export const listSales = endpoint({
  name: 'list-sales',
  summary: 'Lists the sales of a shop, the latest first: all, or those of a day, a status, a till, a receipt',
  method: 'GET',
  route: 'shops/{shopId}/sales',
  roles: ['sales', 'manager'],
  params: ShopPath,
  query: SalesQuery,
  answers: { 200: pageOf(SaleView) },
  problems: ['invalid-continuation'],
  async handle({ params: { shopId }, query, reader }) {
    const { day: businessDay, status, register, receipt: receiptNumber, flagged, ...paging } = query;
    const flagCount = flagged === undefined ? undefined : flagged === 'true' ? { atLeast: 1 } : { atMost: 0 };
    const where = { businessDay, status, register, receiptNumber, flagCount };
    const [{ items, ...rest }] = await Promise.all([
      listBoundary(
        reader,
        Sale,
        shopBoundary(shopId),
        { ...paging, where },
        { by: 'soldAt', order: 'descending', ...(businessDay === undefined ? {} : { within: 'businessDay' }) },
      ),
      readShop(reader, shopId),
    ]);
    return ok({ items: items.map(viewOf), ...rest });
  },
});
