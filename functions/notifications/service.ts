import { defineService } from '../../shared/service/define-service.ts';
import { listNotifications } from './list-notifications.ts';
import { notificationsByDay } from './notifications-by-day.ts';
import { notifyOfOrder } from './notify-of-order.ts';

/** Tells people what concerns them. */
export const notifications = defineService({
  name: 'notifications',
  capabilities: [listNotifications, notifyOfOrder, notificationsByDay],
});
