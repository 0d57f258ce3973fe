import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

const ofNotification = {
  subject: ({ notificationId }: { notificationId: string }) => `notification/${notificationId}`,
  partitionKey: ({ recipientId }: { recipientId: string }) => recipientId,
};

export const NotificationSent = defineEvent({
  type: 'notification.sent',
  version: 1,
  topic: 'notification-events',
  description: 'Somebody was told something in their inbox.',
  data: z.object({
    notificationId: z.string().min(1),
    recipientId: z.string().min(1),
    template: z.string().min(1),
    subject: z.string(),
    body: z.string(),
    /** What it is about: `order/{id}`. */
    about: z.string(),
    sentAt: z.iso.datetime(),
  }),
  ...ofNotification,
});

export const NotificationRead = defineEvent({
  type: 'notification.read',
  version: 1,
  topic: 'notification-events',
  description: 'Somebody has read what they were told.',
  data: z.object({ notificationId: z.string().min(1), recipientId: z.string().min(1), readAt: z.iso.datetime() }),
  ...ofNotification,
});
