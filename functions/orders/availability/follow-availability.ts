import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { StockUpdated } from '../../../shared/events/contracts/inventory.ts';
import { itemBoundary } from '../price-list/price.ts';
import { orderSettings } from '../settings.ts';
import { Availability } from './availability.ts';

/** Keeps what inventory says last of each item; an older event changes nothing. */
export const followAvailability = subscriber({
  name: 'follow-availability',
  on: StockUpdated,
  when: (settings) => orderSettings.of(settings).ORDER_STOCK_CHECK === 'strict',
  once: 'by-document',
  projects: [Availability],
  boundary: ({ data }) => itemBoundary(data.itemId),
  async handle({ sequence, data: { itemId: sku, location, available } }, work) {
    const known = await work.load(Availability, location);
    if (known.current !== undefined && known.current.sequence >= sequence) return;
    known.put({ sku, location, available, sequence });
  },
});
