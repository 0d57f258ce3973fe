import { timeline } from '../../../shared/capabilities/timeline.ts';
import { dayOf } from '../../../shared/clock.ts';
import { OrderCreated } from '../../../shared/events/contracts/orders.ts';
import { Order, orderBoundary } from './order.ts';

const addressOf = (orderId: string) => ({ boundary: orderBoundary(orderId), id: orderId });

export const everyonesOrders = 'orders-by-day';

export const ordersByDay = timeline({
  name: 'list-orders-by-day',
  on: OrderCreated,
  of: Order,
  series: () => everyonesOrders,
  bucket: ({ data }) => dayOf(data.placedAt),
  address: ({ data }) => addressOf(data.orderId),
  happenedAt: ({ placedAt }) => placedAt,
});

export function ordersOf(customerId: string): string {
  return `orders-of-customer:${customerId}`;
}

export const ordersOfCustomer = timeline({
  name: 'list-orders-of-customer',
  on: OrderCreated,
  of: Order,
  series: ({ data }) => ordersOf(data.customerId),
  address: ({ data }) => addressOf(data.orderId),
  happenedAt: ({ placedAt }) => placedAt,
});
