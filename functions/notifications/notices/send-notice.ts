import type { SubscriberContext } from '../../../shared/capabilities/subscriber.ts';
import { NotificationSent } from '../../../shared/events/contracts/notifications.ts';
import type { ReceivedEvent } from '../../../shared/events/envelope.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { type Contact, contactOf } from '../delivery/contact-of.ts';
import { deliveriesBy, requested } from '../delivery/delivery-events.ts';
import { deliveryId } from '../delivery/delivery-id.ts';
import { type Notice, Notification } from '../inbox/notification.ts';
import { Preferences, preferencesId } from '../preferences/preferences.ts';
import { wantedChannels } from '../preferences/wanted-channels.ts';
import { openChannels } from '../providers/open-channels.ts';
import { languageOf } from '../templates/language.ts';
import { tenantNotifications } from '../tenant-notifications.ts';

/**
 * Puts a notice of an event into the inbox that is written, under the event's id: so it is there once. By the same commit it is to go out
 * by each channel by which its recipient wants to hear of it.
 */
export async function sendNotice(
  work: UnitOfWork,
  { id, time, subject: about }: Pick<ReceivedEvent, 'id' | 'time' | 'subject'>,
  notice: Notice,
  { now, settings, reader, lookup }: Pick<SubscriberContext, 'now' | 'settings' | 'reader' | 'lookup'>,
): Promise<void> {
  const notification = await work.expectNew(Notification, id);
  if (notification.exists) return;
  const [{ current: preferences }, { company, notifications }] = await Promise.all([
    work.load(Preferences, preferencesId),
    tenantNotifications.of(reader, settings),
  ]);
  const language = preferences?.language ?? languageOf(company.language);
  notification.record(NotificationSent({ ...notice, notificationId: id, language, about, sentAt: time }));
  const channels = await wantedChannels(notice.template, {
    preferences,
    open: openChannels(settings),
    used: notifications.channels,
    hasTelephone: async () => hasTelephone(await contactOf(notice.recipientId, lookup)),
  });
  for (const channel of channels) {
    const delivery = await work.expectNew(deliveriesBy(channel), deliveryId(id, channel));
    delivery.record(requested(channel, { ...notice, notificationId: id, requestedAt: now.toISOString() }));
  }
}

function hasTelephone(contact: Contact | 'gone'): boolean {
  return contact !== 'gone' && contact.telephone !== undefined;
}

/** What sending a notice of an event will load. */
export function readsOfNotice({ id }: ReceivedEvent) {
  return [
    { type: Notification, id, isLikelyNew: true },
    { type: Preferences, id: preferencesId },
  ];
}
