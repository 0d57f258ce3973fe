import { command } from '../../shared/capabilities/command.ts';
import { catalogBoundary } from './catalog-boundary.ts';
import { archive, Product } from './product.ts';
import { ProductPath } from './product-path.ts';
import { ProductView, viewOf } from './product-view.ts';

export const archiveProduct = command({
  name: 'archive-product',
  summary: 'Takes a product out of what is sold, for good; its SKU stays taken and its stock stays where it is',
  method: 'DELETE',
  route: 'products/{id}',
  roles: ['manager'],
  params: ProductPath,
  of: Product,
  at: ({ params: { id } }) => ({ boundary: catalogBoundary, id }),
  decide: archive,
  view: [ProductView, viewOf],
});
