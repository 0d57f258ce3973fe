import { z } from 'zod';
import { NotificationSent } from '../../shared/events/contracts/notifications.ts';
import { defineAggregate } from '../../shared/persistence/aggregate.ts';

export const NotificationState = z.object({
  notificationId: z.string(),
  recipientId: z.string(),
  template: z.string(),
  subject: z.string(),
  body: z.string(),
  about: z.string(),
  sentAt: z.iso.datetime(),
});
export type NotificationState = z.infer<typeof NotificationState>;

export const Notification = defineAggregate({
  kind: 'notification',
  state: NotificationState,
  events: [NotificationSent],
  begin: { [NotificationSent.type]: ({ data }) => data },
  evolve: {},
});

/** One person's inbox. */
export function recipientBoundary(recipientId: string): string {
  return `recipient:${recipientId}`;
}
