import { z } from 'zod';
import { CustomerId } from '../../shared/events/contracts/identifiers.ts';
import { ok } from '../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../shared/http/paging.ts';
import { rejectForbidden } from '../../shared/rejection.ts';
import { isOnlyCustomer, type Principal, roles } from '../../shared/security/principal.ts';
import { endpoint } from '../../shared/service/endpoint.ts';
import { listBoundary } from '../../shared/service/list-boundary.ts';
import { Notification, type NotificationState, recipientBoundary } from './notification.ts';
import { everyonesNotifications, notificationsByDay } from './notifications-by-day.ts';

const NotificationView = z.object({
  id: z.string(),
  recipientId: z.string(),
  template: z.string(),
  subject: z.string(),
  body: z.string(),
  about: z.string(),
  sentAt: z.iso.datetime(),
});

export const listNotifications = endpoint({
  name: 'list-notifications',
  summary: 'Lists notifications, newest first: of one recipient or of all; a customer sees their own',
  method: 'GET',
  route: 'notifications',
  roles,
  query: PageQuery.extend({ recipient: CustomerId.optional() }),
  answers: { 200: pageOf(NotificationView) },
  async handle({ query: { recipient, ...paging }, caller, reader }) {
    const whose = recipientFor(caller, recipient);
    const { items, ...rest } =
      whose === undefined
        ? await notificationsByDay.list(reader, everyonesNotifications, paging)
        : await listBoundary(reader, Notification, recipientBoundary(whose), paging, 'descending');
    return ok({ items: items.map(({ state }) => viewOf(state)), ...rest });
  },
});

/** @throws Rejection (403) when a customer asks for somebody else's. */
function recipientFor(caller: Principal, named: string | undefined): string | undefined {
  if (!isOnlyCustomer(caller)) return named;
  if (named !== undefined && named !== caller.sub)
    throw rejectForbidden('a customer sees their own notifications: leave recipient out');
  return caller.sub;
}

function viewOf({ notificationId, ...notification }: NotificationState): z.infer<typeof NotificationView> {
  return { id: notificationId, ...notification };
}
