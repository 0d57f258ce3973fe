import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { roles } from '../../../shared/security/principal.ts';
import { NoticeText } from './notice-text.ts';
import { markRead, Notification, recipientBoundary } from './notification.ts';
import { NotificationView, viewOf } from './notification-view.ts';
import { recipientFor } from './recipient-for.ts';
import { Recipient } from './role-inbox.ts';

export const readNotification = command({
  name: 'read-notification',
  summary: "Marks a notification of the caller's own, or of the inbox of a role that they have, as read",
  method: 'POST',
  route: 'notifications/{id}/read',
  roles,
  forOthers: [],
  params: z.object({ id: z.uuid() }),
  query: z.strictObject({ recipient: Recipient.optional() }),
  of: Notification,
  beside: NoticeText,
  besideByDefault: { body: '' },
  at({ params: { id }, query: { recipient }, ...context }) {
    return { boundary: recipientBoundary(recipientFor(context, recipient) ?? context.caller.sub), id };
  },
  decide: (notification, { now }) => markRead(notification, now.toISOString()),
  view: [NotificationView, viewOf],
});
