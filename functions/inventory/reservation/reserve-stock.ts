import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { OrderCreated } from '../../../shared/events/contracts/orders.ts';
import { MissingDocumentError } from '../../../shared/persistence/documents/store-errors.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { locationBoundary, mainLocation } from '../location.ts';
import { change, Stock, type StockState } from '../stock/stock.ts';
import { Reservation, reserve } from './reservation.ts';

/**
 * Holds every line of a new order, or refuses it as a whole and remembers that it did.
 *
 * An order can be ahead of its products, whose stock begins at `main`: what is not known there either may come, so nothing is
 * decided yet. What is known there and not at the order's location is not held there, which is zero.
 */
export const reserveStock = subscriber({
  name: 'reserve-stock',
  on: OrderCreated,
  once: 'by-document',
  boundary: ({ data }) => locationBoundary(data.location),
  reads: ({ data: { orderId, lines } }) => [
    { type: Reservation, id: orderId, isLikelyNew: true },
    ...lines.map(({ itemId }) => ({ type: Stock, id: itemId })),
  ],
  async handle({ data: { orderId, location, lines } }, work, { reader }) {
    const reservation = await work.expectNew(Reservation, orderId);
    if (reservation.exists) return;
    const items = lines.map(({ itemId }) => itemId);
    const stock = await work.loadAll(Stock, items);
    const known = new Map<string, StockState>();
    for (const { id, current } of stock) if (current !== undefined) known.set(id, current);
    const absent = items.filter((itemId) => !known.has(itemId));
    if (absent.length > 0) await expectAtMain(absent, location, reader);

    const outcome = reserve({ orderId, location, lines }, known);
    reservation.record(outcome);
    if (outcome.type !== 'inventory.stock.reserved') return;
    for (const [index, { quantity }] of lines.entries()) {
      const held = stock[index];
      held?.record(change(held.state, { reserved: quantity, reason: 'reserved', orderId }));
    }
  },
});

/** @throws MissingDocumentError for an item of which nothing is known: the order waits for it. */
async function expectAtMain(items: readonly string[], location: string, reader: Reader): Promise<void> {
  const addresses = items.map((id) => ({ boundary: locationBoundary(mainLocation), id }));
  const atMain = location === mainLocation ? [] : await reader.readAll(Stock, addresses);
  const known = new Set(atMain.map(({ id }) => id));
  const unknown = items.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new MissingDocumentError(`there is no stock of ${unknown.join(', ')} yet`);
}
