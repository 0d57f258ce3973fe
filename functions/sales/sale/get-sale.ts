import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { shopBoundary } from '../shop/shop.ts';
import { Sale } from './sale.ts';
import { SalePath } from './sale-path.ts';
import { SaleView, viewOf } from './sale-view.ts';

export const getSale = endpoint({
  name: 'get-sale',
  summary: 'Reads a sale as it is now, with what has come back of it',
  method: 'GET',
  route: 'shops/{shopId}/sales/{saleId}',
  roles: ['sales', 'manager'],
  params: SalePath,
  answers: { 200: SaleView },
  headers: ['etag'],
  async handle({ params: { shopId, saleId }, reader }) {
    const sale = await reader.read(Sale, { boundary: shopBoundary(shopId), id: saleId });
    if (sale === undefined) throw rejectAbsent(`there is no sale ${saleId} in ${shopId}`);
    return ok(viewOf(sale), sale.version);
  },
});
