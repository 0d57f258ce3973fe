import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { later } from '../../../shared/clock.ts';
import { StockReserved } from '../../../shared/events/contracts/inventory.ts';
import { orderSettings } from '../settings.ts';
import { Order, orderBoundary, settle } from './order.ts';

/** Everything is held for the order. */
export const confirmOrder = subscriber({
  name: 'confirm-order',
  on: StockReserved,
  once: 'by-document',
  boundary: ({ data }) => orderBoundary(data.orderId),
  async handle({ data }, work, { now, settings }) {
    const { ORDER_HOLD } = orderSettings.of(settings);
    const order = await work.load(Order, data.orderId);
    const until = ORDER_HOLD === undefined ? {} : { expiresAt: later(now, ORDER_HOLD) };
    order.record(settle(order.state, 'confirmed', until));
  },
});
