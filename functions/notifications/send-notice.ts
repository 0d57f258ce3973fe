import { NotificationSent } from '../../shared/events/contracts/notifications.ts';
import type { ReceivedEvent } from '../../shared/events/envelope.ts';
import type { UnitOfWork } from '../../shared/persistence/commit/unit-of-work.ts';
import { type Notice, Notification } from './notification.ts';

/** Puts a notice of an event into the inbox that is written, under the event's id: so it is there once. */
export async function sendNotice(
  work: UnitOfWork,
  { id, time, subject: about }: ReceivedEvent,
  { recipientId, ...notice }: Notice & { readonly recipientId: string },
): Promise<void> {
  const notification = await work.expectNew(Notification, id);
  if (notification.exists) return;
  notification.record(NotificationSent({ ...notice, notificationId: id, recipientId, about, sentAt: time }));
}

/** What sending a notice of an event will load. */
export function readsOfNotice({ id }: ReceivedEvent) {
  return [{ type: Notification, id, isLikelyNew: true }];
}
