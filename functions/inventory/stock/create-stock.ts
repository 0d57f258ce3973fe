import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { ProductCreated } from '../../../shared/events/contracts/catalog.ts';
import { locationBoundary, mainLocation } from '../location.ts';
import { begin, change, Stock } from './stock.ts';

/** A new product starts with the quantity that the catalog says, on top of what was received before we heard of it. */
export const createStock = subscriber({
  name: 'create-stock',
  on: ProductCreated,
  once: 'by-marker',
  boundary: () => locationBoundary(mainLocation),
  reads: ({ data: { sku } }) => [{ type: Stock, id: sku }],
  async handle({ data: { sku, quantity } }, work) {
    const stock = await work.load(Stock, sku);
    const first = { itemId: sku, location: mainLocation, onHand: quantity, reason: 'initial' };
    stock.record(stock.current === undefined ? begin(first) : change(stock.current, first));
  },
});
