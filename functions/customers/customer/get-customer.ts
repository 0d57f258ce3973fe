import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { CustomerPath, refuseOthers } from './customer-path.ts';
import { CustomerView, viewWithFigures } from './customer-view.ts';
import { readCustomer } from './read-customer.ts';

export const getCustomer = endpoint({
  name: 'get-customer',
  summary: 'Reads the record of a customer; customers read their own',
  method: 'GET',
  route: 'customers/{id}',
  roles: ['customer', 'sales', 'manager'],
  forOthers: ['sales', 'manager'],
  params: CustomerPath,
  answers: { 200: CustomerView },
  headers: ['etag'],
  async handle({ params: { id }, reader, ...context }) {
    refuseOthers(context, id);
    const customer = await readCustomer(reader, id);
    return ok(await viewWithFigures(reader, customer), customer.version);
  },
});
