import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { timeline } from '../../../shared/capabilities/timeline.ts';
import { CustomerId } from '../../../shared/events/contracts/identifiers.ts';
import { PosTransaction } from '../../../shared/events/contracts/pos-transaction.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { shopBoundary } from '../shop/shop.ts';
import { Sale } from './sale.ts';
import { SaleView, viewOf } from './sale-view.ts';

function salesOf(customerId: string): string {
  return `sales-of-customer:${customerId}`;
}

/** What a customer has bought, in all shops: of a sale without a customer there is no entry. */
export const salesOfCustomer = timeline({
  name: 'list-sales-of-customer',
  on: PosTransaction,
  of: Sale,
  series: ({ data: { kind, customerId, saleId } }) =>
    kind === 'sale' && saleId !== undefined && customerId !== undefined ? salesOf(customerId) : undefined,
  address: ({ data: { shopId, transactionId } }) => ({ boundary: shopBoundary(shopId), id: transactionId }),
});

export const purchasesOfCustomer = endpoint({
  name: 'purchases-of-customer',
  summary: 'Lists what a customer has bought in the shops, the latest first; a customer sees their own',
  method: 'GET',
  route: 'customers/{id}/purchases',
  roles: ['customer', 'sales', 'manager'],
  forOthers: ['sales', 'manager'],
  params: z.object({ id: CustomerId }),
  query: PageQuery,
  answers: { 200: pageOf(SaleView) },
  problems: ['invalid-continuation'],
  async handle({ params: { id }, query, reader, caller, isForOneself }) {
    if (isForOneself && id !== caller.sub) throw rejectAbsent(`there is no customer ${id}`);
    const { items, ...rest } = await salesOfCustomer.list(reader, salesOf(id), query);
    return ok({ items: items.map(viewOf), ...rest });
  },
});
