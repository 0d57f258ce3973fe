import { NotificationRead, NotificationSent } from '../../shared/events/contracts/notifications.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

/** One event of each contract that this service tells. */
export const notificationExamples: readonly EventExample[] = [
  {
    event: NotificationSent({
      notificationId: 'notice-1',
      recipientId: 'CUST-123',
      template: 'order-confirmed',
      parameters: { orderId: 'order-1' },
      about: 'order/order-1',
      sentAt: '2026-11-22T10:00:00.000Z',
    }),
    promise: { topic: 'notification-events', subject: 'notification/notice-1', key: 'CUST-123' },
  },
  {
    event: NotificationRead({
      notificationId: 'notice-1',
      recipientId: 'CUST-123',
      readAt: '2026-11-22T10:05:00.000Z',
    }),
    promise: { topic: 'notification-events', subject: 'notification/notice-1', key: 'CUST-123' },
  },
];
