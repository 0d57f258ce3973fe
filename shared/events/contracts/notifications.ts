import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

const ofNotification = {
  subject: ({ notificationId }: { notificationId: string }) => `notification/${notificationId}`,
  partitionKey: ({ recipientId }: { recipientId: string }) => recipientId,
};

export const NotificationSent = defineEvent({
  type: 'notification.sent',
  version: 2,
  topic: 'notification-events',
  description: 'Somebody was told something in their inbox: by which template, with what in it.',
  data: z.object({
    notificationId: z.string().min(1),
    recipientId: z.string().min(1),
    template: z.string().min(1),
    /** What the template is filled with, which is nothing personal; the text itself is in the inbox alone. */
    parameters: z.record(z.string(), z.string()),
    /** What it is about: `order/{id}`. */
    about: z.string(),
    sentAt: z.iso.datetime(),
  }),
  // The first version told the text.
  upcasters: { 1: (data) => ({ ...z.looseObject({}).parse(data), parameters: {} }) },
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
