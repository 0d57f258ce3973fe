import { defineService } from '../../shared/capabilities/define-service.ts';
import { sendEmail } from './delivery/send-email.ts';
import { eraseInbox } from './erase-inbox.ts';
import { notificationExamples } from './examples.ts';
import { listNotifications } from './list-notifications.ts';
import { notificationsByDay } from './notifications-by-day.ts';
import { notifyOfDeadLetters } from './notify-of-dead-letters.ts';
import { notifyOfHealth } from './notify-of-health.ts';
import { notifyOfNewDevice } from './notify-of-new-device.ts';
import { notifyOfOrder } from './notify-of-order.ts';
import { readNotification } from './read-notification.ts';
import { notificationSettings } from './settings.ts';
import { welcomeUser } from './welcome-user.ts';

export const notifications = defineService({
  name: 'notifications',
  summary: 'Tells people what concerns them.',
  settings: notificationSettings,
  examples: notificationExamples,
  capabilities: [
    listNotifications,
    readNotification,
    notifyOfOrder,
    welcomeUser,
    notifyOfNewDevice,
    notifyOfHealth,
    notifyOfDeadLetters,
    sendEmail,
    eraseInbox,
    notificationsByDay,
  ],
});
