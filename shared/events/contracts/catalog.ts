import { z } from 'zod';
import { MinorUnits } from '../../money.ts';
import { defineEvent } from '../define-event.ts';
import { Sku } from './identifiers.ts';

const product = {
  productId: z.string().min(1),
  sku: Sku,
  name: z.string(),
  description: z.string(),
  category: z.string(),
  price: MinorUnits,
};
const ofProduct = {
  subject: ({ productId }: { productId: string }) => `product/${productId}`,
  partitionKey: ({ productId }: { productId: string }) => productId,
};

export const ProductCreated = defineEvent({
  type: 'product.created',
  version: 2,
  topic: 'catalog-events',
  description: 'A product was added; `quantity` is the stock it starts with.',
  data: z.object({ ...product, quantity: z.int().nonnegative(), createdAt: z.iso.datetime() }),
  // The first version did not tell when, so all that is known is: long ago.
  upcasters: { 1: (data) => ({ ...z.looseObject({}).parse(data), createdAt: '1970-01-01T00:00:00.000Z' }) },
  ...ofProduct,
});

export const ProductUpdated = defineEvent({
  type: 'product.updated',
  version: 1,
  topic: 'catalog-events',
  description: 'A product changed; carries the state after the change.',
  data: z.object(product),
  ...ofProduct,
});

export const ProductArchived = defineEvent({
  type: 'product.archived',
  version: 1,
  topic: 'catalog-events',
  description: 'A product is no longer sold.',
  data: z.object({ productId: z.string().min(1), sku: Sku }),
  ...ofProduct,
});
