import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { OrderCancelled } from '../../../shared/events/contracts/orders.ts';
import { locationBoundary } from '../location.ts';
import { change, Stock } from '../stock/stock.ts';
import { Reservation, release } from './reservation.ts';

/** Frees what was held for a cancelled order; if the order is yet to come, it will find that it is too late. */
export const releaseStock = subscriber({
  name: 'release-stock',
  on: OrderCancelled,
  once: 'by-document',
  boundary: ({ data }) => locationBoundary(data.location),
  reads: ({ data: { orderId } }) => [{ type: Reservation, id: orderId }],
  async handle({ data: { orderId, location } }, work) {
    const reservation = await work.load(Reservation, orderId);
    for (const released of release(reservation.current, { orderId, location })) {
      reservation.record(released);
      for (const { itemId, quantity } of released.data.lines) {
        const stock = await work.load(Stock, itemId);
        stock.record(change(stock.state, { reserved: -quantity, reason: 'released', orderId }));
      }
    }
  },
});
