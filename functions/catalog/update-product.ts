import { command } from '../../shared/capabilities/command.ts';
import { patchOf } from '../../shared/http/patch-body.ts';
import { catalogBoundary } from './catalog-boundary.ts';
import { change, Product } from './product.ts';
import { ProductFields } from './product-fields.ts';
import { ProductPath } from './product-path.ts';
import { ProductView, viewOf } from './product-view.ts';

const UpdateProduct = patchOf(ProductFields.shape).meta({
  id: 'UpdateProduct',
  description: 'What is named is changed, at least one',
  example: { price: 45.5 },
});

export const updateProduct = command({
  name: 'update-product',
  summary: 'Changes a product; orders go by its new price within moments',
  method: 'PATCH',
  route: 'products/{id}',
  roles: ['manager'],
  params: ProductPath,
  body: UpdateProduct,
  of: Product,
  at: ({ params: { id } }) => ({ boundary: catalogBoundary, id }),
  decide: (product, { body }) => change(product, body),
  view: [ProductView, viewOf],
  problems: ['product-archived'],
});
