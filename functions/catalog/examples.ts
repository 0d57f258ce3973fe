import { ProductArchived, ProductCreated, ProductUpdated } from '../../shared/events/contracts/catalog.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

const product = {
  productId: 'product-1',
  sku: 'ITEM-001',
  name: 'Premium Smartphone',
  description: 'Bright, quick and thin',
  category: 'Electronics',
  price: 89_999,
};

/** One event of each contract that this service tells. */
export const catalogExamples: readonly EventExample[] = [
  {
    event: ProductCreated({ ...product, quantity: 50, createdAt: '2026-11-22T09:00:00.000Z' }),
    promise: { topic: 'catalog-events', subject: 'product/product-1', key: 'product-1' },
  },
  {
    event: ProductUpdated(product),
    promise: { topic: 'catalog-events', subject: 'product/product-1', key: 'product-1' },
  },
  {
    event: ProductArchived({ productId: 'product-1', sku: 'ITEM-001' }),
    promise: { topic: 'catalog-events', subject: 'product/product-1', key: 'product-1' },
  },
];
