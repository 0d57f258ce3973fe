import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

const ofNotification = {
  subject: ({ notificationId }: { notificationId: string }) => `notification/${notificationId}`,
  partitionKey: ({ recipientId }: { recipientId: string }) => recipientId,
};

export const NotificationSent = defineEvent({
  type: 'notification.sent',
  version: 3,
  topic: 'notification-events',
  description: 'Somebody was told something in their inbox: by which template, with what in it, in which language.',
  data: z.object({
    notificationId: z.string().min(1),
    recipientId: z.string().min(1),
    template: z.string().min(1),
    /** What the template is filled with, which is nothing personal; the text itself is in the inbox alone. */
    parameters: z.record(z.string(), z.string()),
    /** As a tag (BCP 47). */
    language: z.string().min(1),
    /** What it is about: `order/{id}`. */
    about: z.string(),
    sentAt: z.iso.datetime(),
  }),
  upcasters: {
    // The first version told the text.
    1: (data) => ({ ...z.looseObject({}).parse(data), parameters: {} }),
    // Everything was in English.
    2: (data) => ({ ...z.looseObject({}).parse(data), language: 'en' }),
  },
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

const ofDelivery = {
  subject: ({ deliveryId }: { deliveryId: string }) => `delivery/${deliveryId}`,
  partitionKey: ({ recipientId }: { recipientId: string }) => recipientId,
};
const delivery = { deliveryId: z.string().min(1), notificationId: z.string().min(1), recipientId: z.string().min(1) };

/** What a delivery says, which is asked for once, and again by an operator where it has failed. */
const request = z.object({
  ...delivery,
  template: z.string().min(1),
  parameters: z.record(z.string(), z.string()),
  requestedAt: z.iso.datetime(),
});

export const EmailRequested = defineEvent({
  type: 'email.requested',
  version: 1,
  topic: 'notification-events',
  description:
    'Somebody is to have a notice by e-mail besides their inbox; for what has failed, an operator asks again.',
  data: request,
  ...ofDelivery,
});

export const SmsRequested = defineEvent({
  type: 'sms.requested',
  version: 1,
  topic: 'notification-events',
  description:
    'Somebody is to have a notice by text message besides their inbox; for what has failed, an operator asks again.',
  data: request,
  ...ofDelivery,
});

const taken = z.object({
  ...delivery,
  template: z.string().min(1),
  provider: z.string().min(1),
  /** Under which key the provider has it: what it reports later is of this. */
  messageId: z.string().min(1).optional(),
  at: z.iso.datetime(),
});

export const EmailSent = defineEvent({
  type: 'email.sent',
  version: 3,
  topic: 'notification-events',
  description: 'A provider has taken an e-mail.',
  data: taken,
  // The first was announced with whatever data: what has this shape is taken, anything else is a dead letter. The second had no key.
  upcasters: { 1: (data) => data, 2: (data) => data },
  ...ofDelivery,
});

export const SmsSent = defineEvent({
  type: 'sms.sent',
  version: 2,
  topic: 'notification-events',
  description: 'A provider has taken a text message.',
  data: taken,
  upcasters: { 1: (data) => data },
  ...ofDelivery,
});

/** Why somebody does not get a notice by a channel. */
export const FailureReason = z.enum(['no-address', 'rejected', 'bounced', 'gave-up', 'suppressed', 'too-long']);
export type FailureReason = z.infer<typeof FailureReason>;

export const NotificationFailed = defineEvent({
  type: 'notification.failed',
  version: 2,
  topic: 'notification-events',
  description: 'A notice does not reach somebody by a channel; it is in their inbox all the same.',
  data: z.object({
    ...delivery,
    channel: z.enum(['email', 'sms']),
    reason: FailureReason,
    at: z.iso.datetime(),
  }),
  upcasters: { 1: (data) => data },
  ...ofDelivery,
});

export const NotificationPreferencesUpdated = defineEvent({
  type: 'notification.preferences.updated',
  version: 1,
  topic: 'notification-events',
  description:
    'Somebody has said of what they want to hear by which channel, and in which language: all of it, as it is now.',
  data: z.object({
    recipientId: z.string().min(1),
    email: z.array(z.string().min(1)),
    sms: z.array(z.string().min(1)),
    /** As a tag (BCP 47). */
    language: z.string().min(1),
    at: z.iso.datetime(),
  }),
  subject: ({ recipientId }) => `notification-preferences/${recipientId}`,
  partitionKey: ({ recipientId }) => recipientId,
});
