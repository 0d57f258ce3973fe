import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';
import { bucketBoundary } from '../../../shared/persistence/reading/buckets.ts';
import type { Address } from '../../../shared/persistence/reading/reader.ts';
import { Channel } from '../templates/channel.ts';
import { DeliveryStatus } from './delivery.ts';
import { dayOfDelivery } from './delivery-id.ts';

/** By what a delivery is listed among those of all, and whose it is. What it says is with its recipient, and goes with them. */
export const DeliveryEntry = defineProjection({
  kind: 'delivery-entry',
  state: z.object({
    recipientId: z.string(),
    channel: Channel,
    status: DeliveryStatus,
    /** The number of the delivery's event that it was made of. */
    seen: z.int(),
  }),
});

export const everyonesDeliveries = 'deliveries-by-day';

/** Where the entry of a delivery is, by its id alone. */
export function entryOf(deliveryId: string): Address {
  return { boundary: bucketBoundary(everyonesDeliveries, dayOfDelivery(deliveryId)), id: deliveryId };
}
