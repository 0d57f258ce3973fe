import { z } from 'zod';
import { ProductCreated } from '../../shared/events/contracts/catalog.ts';
import { Sku } from '../../shared/events/contracts/identifiers.ts';
import { MinorUnits } from '../../shared/money.ts';
import { defineAggregate, reject } from '../../shared/persistence/aggregate.ts';

export const ProductState = z.object({
  productId: z.string(),
  sku: Sku,
  name: z.string(),
  description: z.string(),
  category: z.string(),
  price: MinorUnits,
  /** What the product started with; what there is now, inventory knows. */
  quantity: z.int().nonnegative(),
  status: z.enum(['active', 'archived']),
});
export type ProductState = z.infer<typeof ProductState>;

/** @throws Rejection sku-taken when another product has the SKU. */
export function create(product: Omit<ProductState, 'status'>, isSkuTaken: boolean) {
  if (isSkuTaken) throw reject('sku-taken', `there is a product with the SKU ${product.sku}`);
  return [ProductCreated(product)];
}

export const Product = defineAggregate({
  kind: 'product',
  state: ProductState,
  events: [ProductCreated],
  begin: { [ProductCreated.type]: ({ data }): ProductState => ({ ...data, status: 'active' }) },
  evolve: {},
});
