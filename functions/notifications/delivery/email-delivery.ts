import { z } from 'zod';
import {
  EmailRequested,
  EmailSent,
  type FailureReason,
  NotificationFailed,
} from '../../../shared/events/contracts/notifications.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import { dueAtOnce } from '../../../shared/model/due-at-once.ts';

/** An e-mail that is to be sent once; its text is made of the template when it is. */
export const EmailDeliveryState = z.object({
  deliveryId: z.string(),
  notificationId: z.string(),
  recipientId: z.string(),
  template: z.string(),
  parameters: z.record(z.string(), z.string()),
  requestedAt: z.iso.datetime(),
  status: z.enum(['due', 'sent', 'failed']),
  /** When it was sent, or failed for good. */
  settledAt: z.iso.datetime().optional(),
  reason: z.string().optional(),
  dueAt: z.iso.datetime().optional(),
});
export type EmailDeliveryState = z.infer<typeof EmailDeliveryState>;

export const EmailDelivery = defineAggregate({
  kind: 'email-delivery',
  state: EmailDeliveryState,
  events: [EmailRequested, EmailSent, NotificationFailed],
  begin: {
    [EmailRequested.type]: ({ data }) => ({
      ...data,
      status: 'due' as const,
      dueAt: dueAtOnce(new Date(data.requestedAt)),
    }),
  },
  evolve: {
    [EmailSent.type]: ({ dueAt: _, ...delivery }, { data: { at } }) => ({
      ...delivery,
      status: 'sent' as const,
      settledAt: at,
    }),
    [NotificationFailed.type]: ({ dueAt: _, ...delivery }, { data: { at, reason } }) => ({
      ...delivery,
      status: 'failed' as const,
      settledAt: at,
      reason,
    }),
  },
});

/** One for each notice and channel. */
export function emailDeliveryId(notificationId: string): string {
  return `${notificationId}:email`;
}

/** The provider has it. */
export function sent(
  { deliveryId, notificationId, recipientId, template }: EmailDeliveryState,
  provider: string,
  at: string,
) {
  return EmailSent({ deliveryId, notificationId, recipientId, template, provider, at });
}

/** It is not sent, and will not be. */
export function failed(
  { deliveryId, notificationId, recipientId }: EmailDeliveryState,
  reason: FailureReason,
  at: string,
) {
  return NotificationFailed({ deliveryId, notificationId, recipientId, channel: 'email', reason, at });
}
