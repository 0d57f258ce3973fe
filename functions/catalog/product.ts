import { z } from 'zod';
import { ProductArchived, ProductCreated, ProductUpdated } from '../../shared/events/contracts/catalog.ts';
import { Sku } from '../../shared/events/contracts/identifiers.ts';
import { defineAggregate, reject } from '../../shared/model/aggregate.ts';
import { MinorUnits } from '../../shared/money.ts';
import { folded } from '../../shared/text.ts';

export const ProductStatus = z.enum(['active', 'archived']);

export const ProductState = z.object({
  productId: z.string(),
  sku: Sku,
  name: z.string(),
  /** What names are searched and sorted by, see `nameKeyOf`. */
  nameKey: z.string().default(''),
  description: z.string(),
  category: z.string(),
  price: MinorUnits,
  /** What the product started with; what there is now, inventory knows. */
  quantity: z.int().nonnegative(),
  status: ProductStatus,
  /** When it was added; of those added before this was kept, only that it was long ago. */
  createdAt: z.iso.datetime().default('1970-01-01T00:00:00.000Z'),
});
export type ProductState = z.infer<typeof ProductState>;

/** What may be changed about a product. Its SKU stays: stock and orders go by it. */
export type ProductDetails = Pick<ProductState, 'name' | 'description' | 'category' | 'price'>;

export type NewProduct = Omit<ProductState, 'nameKey' | 'status'>;

/** A name as it is looked for and put in order; the store is not left to its own idea of letters and case. */
export function nameKeyOf(name: string): string {
  return folded(name);
}

/** @throws Rejection sku-taken when another product has the SKU. */
export function create(product: NewProduct, isSkuTaken: boolean) {
  if (isSkuTaken) throw reject('sku-taken', `there is a product with the SKU ${product.sku}`);
  return [ProductCreated(product)];
}

/**
 * Changes what is named, keeps what is not; naming what is there already changes nothing.
 *
 * @throws Rejection product-archived once the product is no longer sold.
 */
export function change(
  product: ProductState,
  wish: { readonly [Name in keyof ProductDetails]?: ProductDetails[Name] | undefined },
) {
  const { productId, sku, status } = product;
  if (status === 'archived') throw reject('product-archived', `the product ${sku} is archived and cannot be changed`);
  const details: ProductDetails = {
    name: wish.name ?? product.name,
    description: wish.description ?? product.description,
    category: wish.category ?? product.category,
    price: wish.price ?? product.price,
  };
  return isSame(product, details) ? [] : [ProductUpdated({ productId, sku, ...details })];
}

/** Takes a product out of what is sold; one that is out already stays so. */
export function archive({ productId, sku, status }: ProductState) {
  return status === 'archived' ? [] : [ProductArchived({ productId, sku })];
}

function isSame(one: ProductDetails, other: ProductDetails): boolean {
  return (
    one.name === other.name &&
    one.description === other.description &&
    one.category === other.category &&
    one.price === other.price
  );
}

export const Product = defineAggregate({
  kind: 'product',
  state: ProductState,
  events: [ProductCreated, ProductUpdated, ProductArchived],
  begin: {
    [ProductCreated.type]: ({ data }): ProductState => ({ ...data, nameKey: nameKeyOf(data.name), status: 'active' }),
  },
  evolve: {
    [ProductUpdated.type]: (product, { data }) => ({ ...product, ...data, nameKey: nameKeyOf(data.name) }),
    [ProductArchived.type]: (product): ProductState => ({ ...product, status: 'archived' }),
  },
});
