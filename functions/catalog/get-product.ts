import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { ok } from '../../shared/http/answer.ts';
import { rejectAbsent } from '../../shared/model/rejection.ts';
import { roles } from '../../shared/security/principal.ts';
import { catalogBoundary } from './catalog-boundary.ts';
import { Product } from './product.ts';
import { ProductPath } from './product-path.ts';
import { ProductView, viewOf } from './product-view.ts';

export const getProduct = endpoint({
  name: 'get-product',
  summary: 'Reads a product as it is now',
  method: 'GET',
  route: 'products/{id}',
  roles,
  params: ProductPath,
  answers: { 200: ProductView },
  headers: ['etag'],
  async handle({ params: { id }, reader }) {
    const product = await reader.read(Product, { boundary: catalogBoundary, id });
    if (product === undefined) throw rejectAbsent(`there is no product ${id}`);
    return ok(viewOf(product), product.version);
  },
});
