import { z } from 'zod';
import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { CustomerId } from '../../shared/events/contracts/identifiers.ts';
import { ok } from '../../shared/http/answer.ts';
import { roles } from '../../shared/security/principal.ts';
import { markRead, Notification, recipientBoundary } from './notification.ts';
import { NotificationView, viewOf } from './notification-view.ts';
import { recipientFor } from './recipient-for.ts';

export const readNotification = endpoint({
  name: 'read-notification',
  summary: "Marks a notification as read: the caller's own, or that of the recipient who is named",
  method: 'POST',
  route: 'notifications/{id}/read',
  roles,
  params: z.object({ id: z.uuid() }),
  query: z.strictObject({ recipient: CustomerId.optional() }),
  answers: { 200: NotificationView },
  headers: ['etag'],
  problems: ['precondition-failed'],
  async handle({ params: { id }, query: { recipient }, caller, unitOfWork, now, ifMatch }) {
    const whose = recipientFor(caller, recipient) ?? caller.sub;
    const notification = await unitOfWork(recipientBoundary(whose)).load(Notification, id);
    const { state } = notification;
    ifMatch(notification.version);
    notification.record(markRead(state, now.toISOString()));
    return ok(viewOf(notification.state), notification.version);
  },
});
