import {
  EmailRequested,
  EmailSent,
  type FailureReason,
  NotificationFailed,
  SmsRequested,
  SmsSent,
} from '../../../shared/events/contracts/notifications.ts';
import type { DataOf } from '../../../shared/events/define-event.ts';
import { reject } from '../../../shared/model/rejection.ts';
import type { Channel } from '../templates/channel.ts';
import { type DeliveryState, EmailDelivery, SmsDelivery } from './delivery.ts';
import { deliveryId } from './delivery-id.ts';

/** What is kept and told of a delivery by each channel. */
const byChannel = {
  email: { of: EmailDelivery, requested: EmailRequested, sent: EmailSent },
  sms: { of: SmsDelivery, requested: SmsRequested, sent: SmsSent },
} as const;

/** The deliveries of a channel. */
export function deliveriesBy(channel: Channel) {
  return byChannel[channel].of;
}

/** A notice is to go out by a channel. */
export function requested(channel: Channel, notice: Omit<DataOf<typeof EmailRequested>, 'deliveryId'>) {
  return byChannel[channel].requested({ ...notice, deliveryId: deliveryId(notice.notificationId, channel) });
}

/**
 * It is to be sent now, whatever became of it.
 *
 * @throws Rejection already-sent
 */
export function retried(delivery: DeliveryState, channel: Channel, now: Date) {
  if (delivery.status === 'sent') throw reject('already-sent', `a provider has it since ${delivery.settledAt}`);
  const { notificationId, recipientId, template, parameters } = delivery;
  return requested(channel, { notificationId, recipientId, template, parameters, requestedAt: now.toISOString() });
}

/** The provider has it. */
export function sent(
  delivery: DeliveryState,
  channel: Channel,
  { messageId, ...by }: { readonly provider: string; readonly at: string; readonly messageId?: string | undefined },
) {
  const { deliveryId: id, notificationId, recipientId, template } = delivery;
  const known = messageId === undefined ? {} : { messageId };
  return byChannel[channel].sent({ deliveryId: id, notificationId, recipientId, template, ...by, ...known });
}

/** It is not sent, and will not be. */
export function failed(
  delivery: DeliveryState,
  channel: Channel,
  why: { readonly reason: FailureReason; readonly at: string },
) {
  const { deliveryId: id, notificationId, recipientId } = delivery;
  return NotificationFailed({ deliveryId: id, notificationId, recipientId, channel, ...why });
}

/**
 * What a provider has taken did not get to whom it was for, as it reports; nothing, where it was not sent, or has failed already, or was
 * sent as another message since.
 */
export function unreached(
  delivery: DeliveryState,
  channel: Channel,
  {
    reports,
    messageId,
    at,
  }: { readonly reports: ReadonlySet<string>; readonly messageId: string; readonly at: string },
) {
  const isOfThis = (delivery.messageId ?? messageId) === messageId;
  const reason = (['bounced', 'suppressed'] as const).find((one) => reports.has(one));
  return isOfThis && delivery.status === 'sent' && reason !== undefined
    ? [failed(delivery, channel, { reason, at })]
    : [];
}
