import { app } from '@azure/functions';
import { type Connections, readDocument, upsertDocument } from './connections.ts';

interface Stock {
  readonly id: string;
  readonly itemId: string;
  readonly onHand: number;
  readonly reserved: number;
}

interface Line {
  readonly itemId: string;
  readonly quantity: number;
}

/** Lists stock, and reserves it for orders. */
export async function registerStock(connections: Connections): Promise<void> {
  const { database, send, eachEvent } = connections;
  app.http('list-stock', {
    methods: ['GET'],
    route: 'api/v1/inventory',
    authLevel: 'anonymous',
    async handler() {
      const { resources } = await database.container('inventory').items.query<Stock>('SELECT * FROM c').fetchAll();
      return { jsonBody: { items: resources } };
    },
  });

  await eachEvent('order-events', 'naive-inventory', 'order.created', async ({ id, items }) => {
    for (const { itemId, quantity } of items as readonly Line[]) {
      const stock = await readDocument<Stock>(connections, 'inventory', itemId);
      if (stock.onHand - stock.reserved < quantity) return;
      // Between the read and this, another order may have reserved: its pieces are forgotten here.
      await upsertDocument(connections, 'inventory', { ...stock, reserved: stock.reserved + quantity });
    }
    await send('inventory-events', String(id), { type: 'inventory.stock.reserved', data: { orderId: id } });
  });
}
