import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { ok } from '../../shared/http/answer.ts';
import { catalogBoundary } from './catalog-boundary.ts';
import { change, Product } from './product.ts';
import { ProductFields } from './product-fields.ts';
import { ProductPath } from './product-path.ts';
import { ProductView, viewOf } from './product-view.ts';

const UpdateProduct = ProductFields.partial()
  .refine((wish) => Object.keys(wish).length > 0, {
    error: `name what to change: ${Object.keys(ProductFields.shape).join(', ')}`,
  })
  .meta({
    id: 'UpdateProduct',
    description: 'What is named is changed, at least one',
    minProperties: 1,
    example: { price: 45.5 },
  });

export const updateProduct = endpoint({
  name: 'update-product',
  summary: 'Changes a product; orders placed from then on go by its new price',
  method: 'PATCH',
  route: 'products/{id}',
  roles: ['manager'],
  params: ProductPath,
  body: UpdateProduct,
  answers: { 200: ProductView },
  headers: ['etag'],
  problems: ['product-archived', 'precondition-failed'],
  async handle({ params: { id }, body, unitOfWork, ifMatch }) {
    const product = await unitOfWork(catalogBoundary).load(Product, id);
    const { state } = product;
    ifMatch(product.version);
    product.record(change(state, body));
    return ok(viewOf(product), product.version);
  },
});
