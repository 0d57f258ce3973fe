import { z } from 'zod';
import { Sku } from '../../shared/events/contracts/identifiers.ts';
import { created } from '../../shared/http/answer.ts';
import { Money } from '../../shared/money.ts';
import { endpoint } from '../../shared/service/endpoint.ts';
import { catalogBoundary } from './catalog-boundary.ts';
import { create, Product } from './product.ts';
import { ProductView, viewOf } from './product-view.ts';
import { SkuClaim } from './sku-claim.ts';

const CreateProduct = z.strictObject({
  sku: Sku.optional(),
  name: z.string().min(1).max(200),
  description: z.string().max(4_000).default(''),
  category: z.string().max(100).default(''),
  price: Money,
  quantity: z.int().min(0).max(1_000_000).default(0),
});

export const createProduct = endpoint({
  name: 'create-product',
  summary: 'Adds a product; its stock appears at the main location within moments',
  method: 'POST',
  route: 'products',
  roles: ['manager'],
  body: CreateProduct,
  answers: { 201: ProductView },
  async handle({ body, unitOfWork, newId }) {
    const productId = newId();
    const sku = body.sku ?? productId;
    const work = unitOfWork(catalogBoundary);
    const claim = await work.load(SkuClaim, sku);
    const product = await work.expectNew(Product, productId);
    product.record(create({ ...body, productId, sku }, claim.exists));
    claim.put({ productId });
    return created(`/api/v1/products/${productId}`, viewOf(product), product.version);
  },
});
