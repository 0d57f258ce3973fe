import { randomUUID } from 'node:crypto';
import { type Connections, upsertDocument } from './connections.ts';

/** Notes down what a customer is to be told. */
export async function registerNotifications(connections: Connections): Promise<void> {
  await connections.eachEvent('order-events', 'naive-notifications', 'order.status.changed', async (data) => {
    const { orderId, customerId, to } = data;
    const notification = { id: randomUUID(), recipientId: customerId, subject: `Your order ${orderId} was ${to}` };
    await upsertDocument(connections, 'notifications', notification);
    await connections.send('notification-events', String(customerId), {
      type: 'notification.sent',
      data: notification,
    });
  });
}
