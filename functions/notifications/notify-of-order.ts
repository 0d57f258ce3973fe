import { NotificationSent } from '../../shared/events/contracts/notifications.ts';
import { OrderStatusChanged } from '../../shared/events/contracts/orders.ts';
import { subscriber } from '../../shared/service/subscriber.ts';
import { Notification, recipientBoundary } from './notification.ts';
import { noticeOf } from './order-notice.ts';

/** Tells the customer what became of their order; the notification has the event's id, so it is sent once. */
export const notifyOfOrder = subscriber({
  name: 'notify-of-order',
  on: OrderStatusChanged,
  once: 'by-document',
  boundary: ({ data }) => recipientBoundary(data.customerId),
  reads: ({ id }) => [{ type: Notification, id, isLikelyNew: true }],
  async handle({ id, time, subject: about, data }, work) {
    const notice = noticeOf(data);
    if (notice === undefined) return;
    const notification = await work.expectNew(Notification, id);
    if (notification.exists) return;
    notification.record(
      NotificationSent({ ...notice, notificationId: id, recipientId: data.customerId, about, sentAt: time }),
    );
  },
});
