import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { pageOf } from '../../../shared/http/paging.ts';
import { PeriodQuery } from '../../../shared/http/period-query.ts';
import { everyonesOrders, ordersByDay, ordersOf, ordersOfCustomer } from './order-timelines.ts';
import { OrderView, viewWithDetails } from './order-view.ts';

export const listOrders = endpoint({
  name: 'list-orders',
  summary: 'Lists orders by when they were placed, newest first; a customer sees their own',
  method: 'GET',
  route: 'orders',
  roles: ['customer', 'sales', 'manager'],
  forOthers: ['sales', 'manager'],
  query: PeriodQuery,
  answers: { 200: pageOf(OrderView) },
  problems: ['invalid-continuation'],
  async handle({ query: { from, to, ...page }, caller, isForOneself, reader }) {
    const paging = { ...page, during: { from, before: to } };
    const { items, ...rest } = isForOneself
      ? await ordersOfCustomer.list(reader, ordersOf(caller.sub), paging)
      : await ordersByDay.list(reader, everyonesOrders, paging);
    return ok({ items: await Promise.all(items.map((order) => viewWithDetails(reader, order))), ...rest });
  },
});
