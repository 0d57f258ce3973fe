import { ok } from '../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../shared/http/paging.ts';
import { roles } from '../../shared/security/principal.ts';
import { endpoint } from '../../shared/service/endpoint.ts';
import { listBoundary } from '../../shared/service/list-boundary.ts';
import { catalogBoundary } from './catalog-boundary.ts';
import { Product } from './product.ts';
import { ProductView, viewOf } from './product-view.ts';

export const listProducts = endpoint({
  name: 'list-products',
  summary: 'Lists the products',
  method: 'GET',
  route: 'products',
  roles,
  query: PageQuery,
  answers: { 200: pageOf(ProductView) },
  async handle({ query, reader }) {
    const { items, ...rest } = await listBoundary(reader, Product, catalogBoundary, query);
    return ok({ items: items.map(viewOf), ...rest });
  },
});
