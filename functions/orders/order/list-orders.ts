import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { pageOf } from '../../../shared/http/paging.ts';
import { PeriodQuery } from '../../../shared/http/period-query.ts';
import { listedOrders, OrderFilter } from './order-lists.ts';
import { OrderView } from './order-view.ts';

export const listOrders = endpoint({
  name: 'list-orders',
  summary: 'Lists orders by when they were placed, newest first, all or those of a status; a customer sees their own',
  method: 'GET',
  route: 'orders',
  roles: ['customer', 'sales', 'manager'],
  forOthers: ['sales', 'manager'],
  query: PeriodQuery.safeExtend(OrderFilter),
  answers: { 200: pageOf(OrderView) },
  problems: ['invalid-continuation'],
  async handle({ query, caller, isForOneself, reader }) {
    return ok(await listedOrders(reader, query, isForOneself ? caller.sub : undefined));
  },
});
