import { timeline } from '../../../shared/capabilities/timeline.ts';
import { dayOf } from '../../../shared/clock.ts';
import { NotificationSent } from '../../../shared/events/contracts/notifications.ts';
import { Notification, recipientBoundary } from './notification.ts';

export const everyonesNotifications = 'notifications-by-day';

export const notificationsByDay = timeline({
  name: 'list-notifications-by-day',
  on: NotificationSent,
  of: Notification,
  series: () => everyonesNotifications,
  bucket: ({ data }) => dayOf(data.sentAt),
  address: ({ data }) => ({ boundary: recipientBoundary(data.recipientId), id: data.notificationId }),
});
