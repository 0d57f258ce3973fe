import { subscriber } from '../../shared/capabilities/subscriber.ts';
import { OrderCreated } from '../../shared/events/contracts/orders.ts';
import { locationBoundary } from './location.ts';
import { Reservation, reserve } from './reservation.ts';
import { change, Stock, type StockState } from './stock.ts';

/** Holds every line of a new order, or refuses it as a whole and remembers that it did. */
export const reserveStock = subscriber({
  name: 'reserve-stock',
  on: OrderCreated,
  once: 'by-document',
  boundary: ({ data }) => locationBoundary(data.location),
  reads: ({ data: { orderId, lines } }) => [
    { type: Reservation, id: orderId, isLikelyNew: true },
    ...lines.map(({ itemId }) => ({ type: Stock, id: itemId })),
  ],
  async handle({ data: { orderId, location, lines } }, work) {
    const reservation = await work.expectNew(Reservation, orderId);
    if (reservation.exists) return;
    const items = lines.map(({ itemId }) => itemId);
    const stock = await work.loadAll(Stock, items);
    const known = new Map<string, StockState>();
    for (const { id, current } of stock) if (current !== undefined) known.set(id, current);

    const outcome = reserve({ orderId, location, lines }, known);
    reservation.record(outcome);
    if (outcome.type !== 'inventory.stock.reserved') return;
    for (const [index, { quantity }] of lines.entries()) {
      const held = stock[index];
      held?.record(change(held.state, { reserved: quantity, reason: 'reserved', orderId }));
    }
  },
});
