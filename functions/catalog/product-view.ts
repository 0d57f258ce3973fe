import { z } from 'zod';
import { Sku } from '../../shared/events/contracts/identifiers.ts';
import { Money } from '../../shared/money.ts';
import { type ProductState, ProductStatus } from './product.ts';

/** A product as its readers see it. */
export const ProductView = z.object({
  id: z.string(),
  sku: Sku,
  name: z.string(),
  description: z.string(),
  category: z.string(),
  price: Money,
  quantity: z.int(),
  status: ProductStatus,
  version: z.int(),
});
export type ProductView = z.output<typeof ProductView>;

export function viewOf({
  state: { productId, nameKey: _, createdAt: __, ...product },
  version,
}: {
  readonly state: ProductState;
  readonly version: number;
}): ProductView {
  return { id: productId, ...product, version };
}
