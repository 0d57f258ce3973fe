import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { ok } from '../../shared/http/answer.ts';
import { catalogBoundary } from './catalog-boundary.ts';
import { archive, Product } from './product.ts';
import { ProductPath } from './product-path.ts';
import { ProductView, viewOf } from './product-view.ts';

export const archiveProduct = endpoint({
  name: 'archive-product',
  summary: 'Takes a product out of what is sold, for good; its SKU stays taken and its stock stays where it is',
  method: 'DELETE',
  route: 'products/{id}',
  roles: ['manager'],
  params: ProductPath,
  answers: { 200: ProductView },
  headers: ['etag'],
  problems: ['precondition-failed'],
  async handle({ params: { id }, unitOfWork, ifMatch }) {
    const product = await unitOfWork(catalogBoundary).load(Product, id);
    const archived = archive(product.state);
    // Whoever repeats a DELETE whose answer was lost still names the version before it (RFC 9110, section 13.1.1).
    if (archived.length > 0) ifMatch(product.version);
    product.record(archived);
    return ok(viewOf(product), product.version);
  },
});
