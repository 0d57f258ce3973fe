import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { listBoundary } from '../../../shared/capabilities/list-boundary.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { customerBoundary } from '../customer/customer.ts';
import { CustomerPath } from '../customer/customer-path.ts';
import { readCustomer } from '../customer/read-customer.ts';
import { Interaction, InteractionView, viewOfInteraction } from './interaction.ts';

export const listInteractions = endpoint({
  name: 'list-interactions',
  summary: 'Lists what staff had to do with a customer, the newest first',
  method: 'GET',
  route: 'customers/{id}/interactions',
  roles: ['sales', 'manager'],
  params: CustomerPath,
  query: PageQuery,
  answers: { 200: pageOf(InteractionView) },
  problems: ['invalid-continuation'],
  async handle({ params: { id }, query, reader }) {
    await readCustomer(reader, id);
    const { items, ...rest } = await listBoundary(reader, Interaction, customerBoundary(id), query, {
      order: 'descending',
      by: 'at',
    });
    return ok({ items: items.map((found) => viewOfInteraction(found.id, found.state)), ...rest });
  },
});
