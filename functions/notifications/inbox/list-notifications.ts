import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { listBoundary } from '../../../shared/capabilities/list-boundary.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { roles } from '../../../shared/security/principal.ts';
import { mayRead } from './may-read.ts';
import { Notification, recipientBoundary } from './notification.ts';
import { NotificationView, viewWithText } from './notification-view.ts';
import { everyonesNotifications, notificationsByDay } from './notifications-by-day.ts';
import { recipientFor } from './recipient-for.ts';
import { Recipient } from './role-inbox.ts';

export const listNotifications = endpoint({
  name: 'list-notifications',
  summary:
    'Lists notifications, newest first: the caller’s own; sales and managers also see those of others that are about orders; whoever has a role, those of its inbox',
  method: 'GET',
  route: 'notifications',
  roles,
  forOthers: ['sales', 'manager'],
  query: PageQuery.extend({ recipient: Recipient.optional() }),
  answers: { 200: pageOf(NotificationView) },
  problems: ['invalid-continuation'],
  async handle({ query: { recipient, ...paging }, reader, ...context }) {
    const whose = recipientFor(context, recipient);
    const { items, ...rest } =
      whose === undefined
        ? await notificationsByDay.list(reader, everyonesNotifications, paging)
        : await listBoundary(reader, Notification, recipientBoundary(whose), paging, { order: 'descending' });
    const readable = items.filter(({ state }) => mayRead(context.caller, state));
    return ok({ items: await Promise.all(readable.map((found) => viewWithText(reader, found))), ...rest });
  },
});
