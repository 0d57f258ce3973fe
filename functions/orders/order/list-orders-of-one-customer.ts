import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { CustomerId } from '../../../shared/events/contracts/identifiers.ts';
import { ok } from '../../../shared/http/answer.ts';
import { pageOf } from '../../../shared/http/paging.ts';
import { PeriodQuery } from '../../../shared/http/period-query.ts';
import { customerFor } from './access.ts';
import { listedOrders, OrderFilter } from './order-lists.ts';
import { OrderView } from './order-view.ts';

export const listOrdersOfOneCustomer = endpoint({
  name: 'list-orders-of-one-customer',
  summary: "Lists a customer's orders by when they were placed, newest first, all or those of a status",
  method: 'GET',
  route: 'customers/{id}/orders',
  roles: ['customer', 'sales', 'manager'],
  forOthers: ['sales', 'manager'],
  params: z.object({ id: CustomerId }),
  query: PeriodQuery.safeExtend(OrderFilter),
  answers: { 200: pageOf(OrderView) },
  problems: ['invalid-continuation'],
  async handle({ params: { id }, query, reader, ...context }) {
    return ok(await listedOrders(reader, query, customerFor(context, id) ?? id));
  },
});
