import type { Paging } from '../../../shared/capabilities/list-boundary.ts';
import { listBuckets } from '../../../shared/capabilities/list-buckets.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import type { Channel } from '../templates/channel.ts';
import type { DeliveryState } from './delivery.ts';
import { DeliveryEntry, everyonesDeliveries } from './delivery-entry.ts';
import { deliveriesBy } from './delivery-events.ts';

/** Which deliveries are asked for. */
export interface DeliveryQuestion extends Pick<Paging, 'limit' | 'continuation'> {
  readonly status?: DeliveryState['status'] | undefined;
  readonly channel?: Channel | undefined;
}

/** A delivery, and its channel, which is told by where it was found. */
export interface FoundDelivery {
  readonly channel: Channel;
  readonly state: DeliveryState;
}

/** Those of everybody, the newest first, as they are now. What is something else by now is left out, and so is what is gone. */
export async function deliveriesOfAll(reader: Reader, { status, channel, ...paging }: DeliveryQuestion) {
  const where = { ...(status === undefined ? {} : { status }), ...(channel === undefined ? {} : { channel }) };
  const series = { name: everyonesDeliveries };
  const { items, ...rest } = await listBuckets(reader, DeliveryEntry, series, { ...paging, where });
  const read = items.map(async ({ id, state: entry }): Promise<readonly FoundDelivery[]> => {
    const address = { boundary: recipientBoundary(entry.recipientId), id };
    const found = await reader.read(deliveriesBy(entry.channel), address);
    const isMeant = found !== undefined && (status === undefined || found.state.status === status);
    return isMeant ? [{ channel: entry.channel, state: found.state }] : [];
  });
  return { items: (await Promise.all(read)).flat(), ...rest };
}
