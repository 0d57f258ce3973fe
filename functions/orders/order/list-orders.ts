import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { everyonesOrders, ordersByDay, ordersOf, ordersOfCustomer } from './order-timelines.ts';
import { OrderView, viewWithDetails } from './order-view.ts';

export const listOrders = endpoint({
  name: 'list-orders',
  summary: 'Lists orders, newest first; a customer sees their own',
  method: 'GET',
  route: 'orders',
  roles: ['customer', 'sales', 'manager'],
  forOthers: ['sales', 'manager'],
  query: PageQuery,
  answers: { 200: pageOf(OrderView) },
  problems: ['invalid-continuation'],
  async handle({ query, caller, isForOneself, reader }) {
    const { items, ...rest } = isForOneself
      ? await ordersOfCustomer.list(reader, ordersOf(caller.sub), query)
      : await ordersByDay.list(reader, everyonesOrders, query);
    return ok({ items: await Promise.all(items.map((order) => viewWithDetails(reader, order))), ...rest });
  },
});
