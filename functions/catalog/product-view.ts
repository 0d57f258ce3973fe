import { z } from 'zod';
import { Sku } from '../../shared/events/contracts/identifiers.ts';
import { Money } from '../../shared/money.ts';
import { type ProductState, ProductStatus } from './product.ts';

/** A product as its readers see it. */
export const ProductView = z
  .object({
    id: z.uuid(),
    sku: Sku,
    name: z.string(),
    description: z.string(),
    category: z.string(),
    price: Money,
    quantity: z.int().describe('The stock that it started with; what there is now is at `/inventory/{itemId}`'),
    status: ProductStatus,
    version: z.int().describe('Counts the changes; the `ETag`'),
  })
  .meta({
    id: 'Product',
    example: {
      id: '01a20947-a59f-76f9-837c-cc7d43945ad1',
      sku: 'ITEM-001',
      name: 'Desk lamp',
      description: 'Gives light',
      category: 'Lighting',
      price: 50,
      quantity: 50,
      status: 'active',
      version: 1,
    },
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
