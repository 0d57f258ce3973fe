import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { listBoundary } from '../../shared/capabilities/list-boundary.ts';
import { CustomerId } from '../../shared/events/contracts/identifiers.ts';
import { ok } from '../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../shared/http/paging.ts';
import { roles } from '../../shared/security/principal.ts';
import { Notification, recipientBoundary } from './notification.ts';
import { NotificationView, viewOf } from './notification-view.ts';
import { everyonesNotifications, notificationsByDay } from './notifications-by-day.ts';
import { recipientFor } from './recipient-for.ts';

export const listNotifications = endpoint({
  name: 'list-notifications',
  summary: 'Lists notifications, newest first: of one recipient or of all; a customer sees their own',
  method: 'GET',
  route: 'notifications',
  roles,
  query: PageQuery.extend({ recipient: CustomerId.optional() }),
  answers: { 200: pageOf(NotificationView) },
  problems: ['invalid-continuation'],
  async handle({ query: { recipient, ...paging }, caller, reader }) {
    const whose = recipientFor(caller, recipient);
    const { items, ...rest } =
      whose === undefined
        ? await notificationsByDay.list(reader, everyonesNotifications, paging)
        : await listBoundary(reader, Notification, recipientBoundary(whose), paging, { order: 'descending' });
    return ok({ items: items.map(viewOf), ...rest });
  },
});
