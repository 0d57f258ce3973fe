import type { SubscriberContext } from '../../../shared/capabilities/subscriber.ts';
import { EmailRequested, NotificationSent } from '../../../shared/events/contracts/notifications.ts';
import type { ReceivedEvent } from '../../../shared/events/envelope.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { EmailDelivery, emailDeliveryId } from '../delivery/email-delivery.ts';
import { type Notice, Notification } from '../inbox/notification.ts';
import { sendsMails } from '../providers/chosen-mail-provider.ts';

/**
 * Puts a notice of an event into the inbox that is written, under the event's id: so it is there once. Where somebody sends mails, it
 * goes out as one, too, by the same commit.
 */
export async function sendNotice(
  work: UnitOfWork,
  { id, time, subject: about }: Pick<ReceivedEvent, 'id' | 'time' | 'subject'>,
  notice: Notice & { readonly recipientId: string },
  { now, settings }: Pick<SubscriberContext, 'now' | 'settings'>,
): Promise<void> {
  const notification = await work.expectNew(Notification, id);
  if (notification.exists) return;
  notification.record(NotificationSent({ ...notice, notificationId: id, about, sentAt: time }));
  if (!sendsMails(settings)) return;
  const deliveryId = emailDeliveryId(id);
  const email = await work.expectNew(EmailDelivery, deliveryId);
  email.record(EmailRequested({ ...notice, deliveryId, notificationId: id, requestedAt: now.toISOString() }));
}

/** What sending a notice of an event will load. */
export function readsOfNotice({ id }: ReceivedEvent) {
  return [{ type: Notification, id, isLikelyNew: true }];
}
