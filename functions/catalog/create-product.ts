import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { nameable, Sku } from '../../shared/events/contracts/identifiers.ts';
import { created } from '../../shared/http/answer.ts';
import { catalogBoundary } from './catalog-boundary.ts';
import { create, Product } from './product.ts';
import { ProductFields, StartingQuantity } from './product-fields.ts';
import { ProductView, viewOf } from './product-view.ts';
import { SkuClaim } from './sku-claim.ts';

const { description, category } = ProductFields.shape;
const CreateProduct = ProductFields.extend({
  sku: nameable(Sku).optional(),
  description: description.default(''),
  category: category.default(''),
  quantity: StartingQuantity.default(0),
}).meta({
  id: 'CreateProduct',
  description: 'Without a `sku`, the id of the product is its SKU',
  example: {
    name: 'Premium Smartphone',
    description: 'The latest',
    category: 'Electronics',
    price: 899.99,
    quantity: 50,
  },
});

export const createProduct = endpoint({
  name: 'create-product',
  summary: 'Adds a product; its stock appears at the main location within moments',
  method: 'POST',
  route: 'products',
  roles: ['manager'],
  body: CreateProduct,
  answers: { 201: ProductView },
  headers: ['etag'],
  problems: ['sku-taken', 'already-exists'],
  async handle({ body, unitOfWork, newId, now }) {
    const productId = newId();
    const sku = body.sku ?? productId;
    const work = unitOfWork(catalogBoundary);
    const claim = await work.load(SkuClaim, sku);
    const product = await work.expectNew(Product, productId);
    product.record(create({ ...body, productId, sku, createdAt: now.toISOString() }, claim.exists));
    claim.put({ productId });
    return created(`/api/v1/products/${productId}`, viewOf(product), product.version);
  },
});
