import { command } from '../../../shared/capabilities/command.ts';
import { change } from './customer.ts';
import { ofCustomerInPath } from './of-customer-in-path.ts';

/** Who is blocked orders nothing more and gets no campaigns; what was ordered goes on, and a till still sells to them. */
export const blockCustomer = command({
  name: 'block-customer',
  summary: 'Has a customer order nothing more, and get no campaigns',
  method: 'POST',
  route: 'customers/{id}/block',
  roles: ['manager'],
  ...ofCustomerInPath,
  decide: (customer) => change(customer, { status: 'blocked' }),
  problems: ['customer-erased'],
});
