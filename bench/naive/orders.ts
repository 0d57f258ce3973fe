import { randomUUID } from 'node:crypto';
import { app } from '@azure/functions';
import { type Connections, readDocument, upsertDocument } from './connections.ts';

interface NewOrder {
  readonly customerId: string;
  readonly items: readonly { readonly itemId: string; readonly quantity: number }[];
}

interface Order extends NewOrder {
  readonly id: string;
  readonly status: string;
  readonly totalAmount: number;
}

/** Takes orders, and confirms them once their stock is reserved. */
export async function registerOrders(connections: Connections): Promise<void> {
  const { send, eachEvent } = connections;
  app.http('place-order', {
    methods: ['POST'],
    route: 'api/v1/orders',
    authLevel: 'anonymous',
    async handler(request) {
      const { customerId, items } = (await request.json()) as NewOrder;
      let totalAmount = 0;
      for (const { itemId, quantity } of items) {
        const { price } = await readDocument<{ price: number }>(connections, 'orders', `price-${itemId}`);
        totalAmount += price * quantity;
      }
      const order: Order = { id: randomUUID(), customerId, items, totalAmount, status: 'pending' };
      await upsertDocument(connections, 'orders', order);
      await send('order-events', order.id, { type: 'order.created', data: { ...order } });
      return { status: 201, jsonBody: order };
    },
  });

  await eachEvent('inventory-events', 'naive-orders', 'inventory.stock.reserved', async ({ orderId }) => {
    const order = await readDocument<Order>(connections, 'orders', String(orderId));
    await upsertDocument(connections, 'orders', { ...order, status: 'confirmed' });
    const data = { orderId: order.id, customerId: order.customerId, to: 'confirmed' };
    await send('order-events', order.id, { type: 'order.status.changed', data });
  });
}
