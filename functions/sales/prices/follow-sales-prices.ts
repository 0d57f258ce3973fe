import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { ProductArchived, ProductCreated, ProductUpdated } from '../../../shared/events/contracts/catalog.ts';
import { itemBoundary, priceAfter, SalesPrice } from './price.ts';

/** Keeps the prices of the tills up to what the catalog says last. */
export const followSalesPrices = subscriber({
  name: 'follow-sales-prices',
  on: [ProductCreated, ProductUpdated, ProductArchived],
  once: 'by-document',
  projects: [SalesPrice],
  boundary: ({ data }) => itemBoundary(data.sku),
  async handle({ data, subject, sequence, time }, work) {
    const price = await work.load(SalesPrice, data.sku);
    const told = { sku: data.sku, price: 'price' in data ? data.price : undefined, subject, sequence, at: time };
    const next = priceAfter(price.current, told);
    if (next !== undefined) price.put(next);
  },
});
