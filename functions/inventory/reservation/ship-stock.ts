import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { OrderStatusChanged } from '../../../shared/events/contracts/orders.ts';
import { locationBoundary } from '../location.ts';
import { change, Stock } from '../stock/stock.ts';
import { Reservation, ship } from './reservation.ts';

/** What was held for an order leaves with it. */
export const shipStock = subscriber({
  name: 'ship-stock',
  on: OrderStatusChanged,
  once: 'by-document',
  boundary: ({ data }) => locationBoundary(data.location),
  async handle({ data: { orderId, to } }, work) {
    if (to !== 'shipped') return;
    const reservation = await work.load(Reservation, orderId);
    for (const shipped of ship(reservation.state)) {
      reservation.record(shipped);
      for (const { itemId, quantity } of shipped.data.lines) {
        const stock = await work.load(Stock, itemId);
        stock.record(change(stock.state, { onHand: -quantity, reserved: -quantity, reason: 'shipped', orderId }));
      }
    }
  },
});
