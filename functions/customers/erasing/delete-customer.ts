import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { ContactOfUser } from '../../../shared/lookups/contact-of-user.ts';
import { reject } from '../../../shared/model/rejection.ts';
import { contactsOf } from '../contact/contact.ts';
import { freeContacts } from '../contact/free-contacts.ts';
import { customerBoundary, remove } from '../customer/customer.ts';
import { CustomerPath } from '../customer/customer-path.ts';
import { loadCustomer } from '../customer/load-customer.ts';

/**
 * Tells everybody that the customer is gone; what is personal goes by that (`eraseDeletedCustomer` here). Their contacts are freed
 * with commits of their own, so that they are free when the caller hears of it.
 */
export const deleteCustomer = endpoint({
  name: 'delete-customer',
  summary:
    'Deletes a customer who has no account, with all that is personal about them; deleting again changes nothing',
  method: 'DELETE',
  route: 'customers/{id}',
  roles: ['manager'],
  params: CustomerPath,
  answers: { 204: z.undefined() },
  problems: ['has-account', 'precondition-failed'],
  async handle({ params: { id }, lookup, unitOfWork, ifMatch }) {
    const { customer, profile } = await loadCustomer(unitOfWork(customerBoundary(id)), id);
    const events = remove(customer.state);
    if (events.length === 0) return noContent();
    if ((await lookup(ContactOfUser, { userId: id })) !== undefined)
      throw reject(
        'has-account',
        `the customer ${id} has an account: have an admin delete the user, which erases both`,
      );
    ifMatch(customer.version);
    customer.record(events);
    await freeContacts(contactsOf(profile.current ?? {}), id, unitOfWork);
    return noContent();
  },
});
