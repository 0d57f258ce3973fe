import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { ProductArchived, ProductCreated, ProductUpdated } from '../../../shared/events/contracts/catalog.ts';
import { itemBoundary, Price } from './price.ts';

/** Keeps the price list up to what the catalog says last. */
export const followPrices = subscriber({
  name: 'follow-prices',
  on: [ProductCreated, ProductUpdated, ProductArchived],
  once: 'by-document',
  projects: [Price],
  boundary: ({ data }) => itemBoundary(data.sku),
  async handle(event, work) {
    const { sku } = event.data;
    const price = await work.load(Price, sku);
    const known = price.current;
    if (known !== undefined && known.subject === event.subject && known.sequence >= event.sequence) return;
    const told = { sku, subject: event.subject, sequence: event.sequence };
    if ('price' in event.data) price.put({ ...told, price: event.data.price, isSold: true });
    else price.put({ ...told, price: known?.price ?? 0, isSold: false });
  },
});
