import { app } from '@azure/functions';
import { type Connections, upsertDocument } from './connections.ts';

interface NewProduct {
  readonly sku: string;
  readonly price: number;
  readonly quantity: number;
}

/** A product is its price and its stock. */
export function registerProducts(connections: Connections): void {
  app.http('create-product', {
    methods: ['POST'],
    route: 'api/v1/products',
    authLevel: 'anonymous',
    async handler(request) {
      const { sku, price, quantity } = (await request.json()) as NewProduct;
      await upsertDocument(connections, 'orders', { id: `price-${sku}`, price });
      await upsertDocument(connections, 'inventory', { id: sku, itemId: sku, onHand: quantity, reserved: 0 });
      return { status: 201, jsonBody: { sku } };
    },
  });
}
