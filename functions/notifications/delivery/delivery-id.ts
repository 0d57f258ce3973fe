import { z } from 'zod';
import { dayOf } from '../../../shared/clock.ts';
import { timeOfId } from '../../../shared/ids.ts';
import { Channel } from '../templates/channel.ts';

/** One for each notice and channel: `{notificationId}:{channel}`. */
export const DeliveryId = z.templateLiteral([z.uuid(), ':', Channel]);

export function deliveryId(notificationId: string, channel: Channel): string {
  return `${notificationId}:${channel}`;
}

/** The channel of a delivery; none where the id is of no delivery of ours. */
export function channelOf(id: string): Channel | undefined {
  return DeliveryId.safeParse(id).success ? Channel.safeParse(id.split(':')[1]).data : undefined;
}

/** What the events of other programs have led to may have ids that tell no time. */
const ofNoDay = '0000-00-00';

/** The day on which the notice of a delivery was made, which its id tells (UUID version 7). */
export function dayOfDelivery(id: string): string {
  const [notificationId = ''] = id.split(':');
  return z.uuidv7().safeParse(notificationId).success ? dayOf(timeOfId(notificationId).toISOString()) : ofNoDay;
}
