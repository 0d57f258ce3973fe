import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import {
  EmailRequested,
  EmailSent,
  NotificationFailed,
  SmsRequested,
  SmsSent,
} from '../../../shared/events/contracts/notifications.ts';
import { Bucket, openBucket } from '../../../shared/persistence/reading/buckets.ts';
import type { DeliveryState } from './delivery.ts';
import { DeliveryEntry, entryOf, everyonesDeliveries } from './delivery-entry.ts';
import { channelOf, dayOfDelivery } from './delivery-id.ts';

const begins = [EmailRequested, SmsRequested];

/** Keeps the list of all deliveries, by day. */
export const followDeliveries = subscriber({
  name: 'follow-deliveries',
  on: [...begins, EmailSent, SmsSent, NotificationFailed],
  once: 'by-document',
  gathers: true,
  projects: [DeliveryEntry],
  boundary: ({ data: { deliveryId: id } }) => (channelOf(id) === undefined ? undefined : entryOf(id).boundary),
  reads: ({ data, sequence }) => [{ type: DeliveryEntry, id: data.deliveryId, isLikelyNew: sequence === 1 }],
  async handle({ type, data, sequence: seen }, work) {
    const { deliveryId: id, recipientId } = data;
    const channel = channelOf(id);
    const entry = seen === 1 ? await work.expectNew(DeliveryEntry, id) : await work.load(DeliveryEntry, id);
    if (channel === undefined || (entry.current?.seen ?? 0) >= seen) return;
    const reason = 'reason' in data ? data.reason : undefined;
    entry.put({ recipientId, channel, status: statusAfter(type, reason), seen });
  },
});

function statusAfter(type: string, reason: string | undefined): DeliveryState['status'] {
  if (reason !== undefined) return reason === 'suppressed' ? 'suppressed' : 'failed';
  return begins.some((event) => event.type === type) ? 'due' : 'sent';
}

/** Whoever walks the list has to find the day. */
export const openDeliveryDays = subscriber({
  name: 'open-delivery-days',
  on: begins,
  once: 'by-document',
  gathers: true,
  projects: [Bucket],
  boundary: ({ data, sequence }) =>
    sequence === 1 && channelOf(data.deliveryId) !== undefined ? everyonesDeliveries : undefined,
  handle: ({ data }, work) => openBucket(work, dayOfDelivery(data.deliveryId)),
});
