import { defineService } from '../../shared/service/define-service.ts';
import { listNotifications } from './list-notifications.ts';
import { notificationsByDay } from './notifications-by-day.ts';
import { notifyOfOrder } from './notify-of-order.ts';
import { readNotification } from './read-notification.ts';

/** Tells people what concerns them. */
export const notifications = defineService({
  name: 'notifications',
  capabilities: [listNotifications, readNotification, notifyOfOrder, notificationsByDay],
});
