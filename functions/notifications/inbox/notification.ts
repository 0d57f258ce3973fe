import { z } from 'zod';
import { NotificationRead, NotificationSent } from '../../../shared/events/contracts/notifications.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import { languageOf } from '../templates/language.ts';
import type { Parameters } from '../templates/template.ts';
import type { TemplateName } from '../templates/templates.ts';
import { rendered } from '../templates/wordings.ts';

/** What is in an inbox is the text: it stays what somebody was told when the templates change. */
export const NotificationState = z.object({
  notificationId: z.string(),
  recipientId: z.string(),
  template: z.string(),
  subject: z.string(),
  body: z.string(),
  about: z.string(),
  sentAt: z.iso.datetime(),
  readAt: z.iso.datetime().optional(),
});
export type NotificationState = z.infer<typeof NotificationState>;

/** What somebody is told. */
export interface Notice {
  readonly recipientId: string;
  readonly template: TemplateName;
  readonly parameters: Parameters;
}

/** Reading again what was read changes nothing. */
export function markRead({ notificationId, recipientId, readAt }: NotificationState, now: string) {
  return readAt === undefined ? [NotificationRead({ notificationId, recipientId, readAt: now })] : [];
}

export const Notification = defineAggregate({
  kind: 'notification',
  state: NotificationState,
  events: [NotificationSent, NotificationRead],
  begin: {
    [NotificationSent.type]: ({ data: { parameters, language, ...sent } }) => ({
      ...sent,
      ...rendered(sent.template, parameters, languageOf(language)),
    }),
  },
  evolve: { [NotificationRead.type]: (notification, { data: { readAt } }) => ({ ...notification, readAt }) },
});

/** One person's inbox. */
export function recipientBoundary(recipientId: string): string {
  return `recipient:${recipientId}`;
}
