import { directory } from '../../../shared/capabilities/directory.ts';
import { type TimelinePaging, timeline } from '../../../shared/capabilities/timeline.ts';
import { dayOf, later } from '../../../shared/clock.ts';
import { OrderCreated, OrderStatus, OrderStatusChanged } from '../../../shared/events/contracts/orders.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { Order, type OrderState, orderBoundary } from './order.ts';
import { viewWithDetails } from './order-view.ts';

const addressOf = (orderId: string) => ({ boundary: orderBoundary(orderId), id: orderId });

const everyonesOrders = 'orders-by-day';

/** All orders by day and status, the newest first: for those who may see everybody's. Version 0.1 did not tell of when they were placed. */
export const ordersByDay = directory({
  name: 'list-orders-by-day',
  of: Order,
  on: [OrderCreated, OrderStatusChanged],
  concerns: ({ data }) => data.placedAt !== undefined,
  boundary: () => everyonesOrders,
  bucket: ({ data: { placedAt = '' } }) => dayOf(placedAt),
  address: ({ data }) => addressOf(data.orderId),
  entry: ({ status, placedAt }) => ({ status, placedAt }),
  filters: ['status'],
  order: 'placedAt',
  isDescending: true,
});

export function ordersOf(customerId: string): string {
  return `orders-of-customer:${customerId}`;
}

/** The orders of one customer, in a boundary of their own: customers ask for theirs most of all, and each has few. */
export const ordersOfCustomer = timeline({
  name: 'list-orders-of-customer',
  on: OrderCreated,
  of: Order,
  series: ({ data }) => ordersOf(data.customerId),
  address: ({ data }) => addressOf(data.orderId),
  happenedAt: ({ placedAt }) => placedAt,
});

/** What a list of orders can be asked for besides a time. */
export const OrderFilter = { status: OrderStatus.optional().describe('Only orders that have this status now') };

interface OrdersWanted extends Omit<TimelinePaging<unknown>, 'during' | 'only'> {
  /** Placed from this instant on, and before the other. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly status?: OrderStatus | undefined;
}

/** A page of everybody's orders, or of one customer's. */
export async function listedOrders(reader: Reader, wanted: OrdersWanted, customerId: string | undefined) {
  const page = customerId === undefined ? ofEverybody(reader, wanted) : ofCustomer(reader, wanted, customerId);
  const { items, ...rest } = await page;
  return { items: await Promise.all(items.map((order) => viewWithDetails(reader, order))), ...rest };
}

function ofEverybody(reader: Reader, { from, to, status, ...paging }: OrdersWanted) {
  const last = to === undefined ? undefined : later(new Date(to), -1);
  const days = { first: from && dayOf(from), last: last && dayOf(last) };
  return ordersByDay.list(reader, everyonesOrders, {
    ...paging,
    where: { status, placedAt: { atLeast: from, atMost: last } },
    days,
  });
}

function ofCustomer(reader: Reader, { from, to, status, ...paging }: OrdersWanted, customerId: string) {
  const only = status === undefined ? undefined : (order: OrderState) => order.status === status;
  return ordersOfCustomer.list(reader, ordersOf(customerId), { ...paging, during: { from, before: to }, only });
}
