import { command } from '../../../shared/capabilities/command.ts';
import { change } from './customer.ts';
import { ofCustomerInPath } from './of-customer-in-path.ts';

export const unblockCustomer = command({
  name: 'unblock-customer',
  summary: 'Lets a customer who was blocked order again',
  method: 'POST',
  route: 'customers/{id}/unblock',
  roles: ['manager'],
  ...ofCustomerInPath,
  decide: (customer) => change(customer, { status: 'active' }),
  problems: ['customer-erased'],
});
