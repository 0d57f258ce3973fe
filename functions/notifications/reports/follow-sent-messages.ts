import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { EmailSent, SmsSent } from '../../../shared/events/contracts/notifications.ts';
import { channelOf } from '../delivery/delivery-id.ts';
import { notificationSettings } from '../settings.ts';
import { messageBoundary, SentMessage, withDelivery } from './sent-message.ts';

/** Remembers which delivery a message was, where a provider may have something to say of it later. */
export const followSentMessages = subscriber({
  name: 'follow-sent-messages',
  on: [EmailSent, SmsSent],
  when: (settings) => notificationSettings.of(settings).CHANNEL_REPORTS_SECRET !== undefined,
  once: 'by-document',
  gathers: true,
  boundary: ({ data: { messageId } }) => (messageId === undefined ? undefined : messageBoundary(messageId)),
  async handle({ data: { messageId = '', deliveryId, recipientId } }, work, { now }) {
    const channel = channelOf(deliveryId);
    if (channel === undefined) return;
    const message = await work.load(SentMessage, messageId);
    const next = withDelivery(message.current, { deliveryId, recipientId, channel }, now);
    if (next !== message.current) message.put(next);
  },
});
