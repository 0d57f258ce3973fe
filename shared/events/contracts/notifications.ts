import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

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
  subject: ({ notificationId }) => `notification/${notificationId}`,
  partitionKey: ({ recipientId }) => recipientId,
});
