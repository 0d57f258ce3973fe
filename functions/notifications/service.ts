import { defineService } from '../../shared/capabilities/define-service.ts';
import { sendEmail } from './delivery/send-email.ts';
import { notificationExamples } from './examples.ts';
import { eraseInbox } from './inbox/erase-inbox.ts';
import { listNotifications } from './inbox/list-notifications.ts';
import { notificationsByDay } from './inbox/notifications-by-day.ts';
import { readNotification } from './inbox/read-notification.ts';
import { notifyOfDeadLetters } from './notices/notify-of-dead-letters.ts';
import { notifyOfHealth } from './notices/notify-of-health.ts';
import { notifyOfNewDevice } from './notices/notify-of-new-device.ts';
import { notifyOfOrder } from './notices/notify-of-order.ts';
import { welcomeUser } from './notices/welcome-user.ts';
import { notificationSettings } from './settings.ts';

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
