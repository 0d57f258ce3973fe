import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { OrderStatusChanged } from '../../../shared/events/contracts/orders.ts';
import { customerBoundary } from '../customer/customer.ts';
import { countPurchase, readsOfPurchase } from './count-purchase.ts';
import { ordersMore } from './figures.ts';

/**
 * Counts an order when it is confirmed, and no more when it is taken back. Older code did not tell what an order comes to: of
 * such an event nothing is counted.
 */
export const countOrders = subscriber({
  name: 'count-purchases-by-order',
  on: OrderStatusChanged,
  once: 'by-marker',
  gathers: true,
  boundary: ({ data: { customerId, from, to, totalAmount } }) =>
    totalAmount === undefined || ordersMore(from, to) === 0 ? undefined : customerBoundary(customerId),
  reads: ({ data }) => readsOfPurchase(data.customerId),
  async handle({ time, data: { customerId, from, to, totalAmount = 0, placedAt } }, work) {
    const orders = ordersMore(from, to);
    await countPurchase(
      work,
      { customerId, source: 'order', createdAt: time },
      { orders, spent: orders * totalAmount, boughtAt: orders > 0 ? (placedAt ?? time) : undefined },
    );
  },
});
