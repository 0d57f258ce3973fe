import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { CustomerId } from '../../../shared/events/contracts/identifiers.ts';
import { ok } from '../../../shared/http/answer.ts';
import { pageOf } from '../../../shared/http/paging.ts';
import { PeriodQuery } from '../../../shared/http/period-query.ts';
import { customerFor } from './access.ts';
import { ordersOf, ordersOfCustomer } from './order-timelines.ts';
import { OrderView, viewWithDetails } from './order-view.ts';

export const listOrdersOfOneCustomer = endpoint({
  name: 'list-orders-of-one-customer',
  summary: "Lists a customer's orders by when they were placed, newest first",
  method: 'GET',
  route: 'customers/{id}/orders',
  roles: ['customer', 'sales', 'manager'],
  forOthers: ['sales', 'manager'],
  params: z.object({ id: CustomerId }),
  query: PeriodQuery,
  answers: { 200: pageOf(OrderView) },
  problems: ['invalid-continuation'],
  async handle({ params: { id }, query: { from, to, ...page }, reader, ...context }) {
    const customerId = customerFor(context, id) ?? id;
    const paging = { ...page, during: { from, before: to } };
    const { items, ...rest } = await ordersOfCustomer.list(reader, ordersOf(customerId), paging);
    return ok({ items: await Promise.all(items.map((order) => viewWithDetails(reader, order))), ...rest });
  },
});
