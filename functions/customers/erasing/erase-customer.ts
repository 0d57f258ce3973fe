import { erasure } from '../../../shared/capabilities/erasure.ts';
import { CustomerDeleted } from '../../../shared/events/contracts/customers.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { contactsOf } from '../contact/contact.ts';
import { freeContacts } from '../contact/free-contacts.ts';
import { Customer, customerBoundary, remove } from '../customer/customer.ts';
import { Profile } from '../customer/profile.ts';

const erased = {
  boundary: customerBoundary,
  except: [Customer],
  async frees(id: string, work: UnitOfWork, unitOfWork: (boundary: string) => UnitOfWork) {
    const { current: profile } = await work.load(Profile, id);
    if (profile !== undefined) await freeContacts(contactsOf(profile), id, unitOfWork);
  },
};

/** Leaves nothing of a customer who was deleted but that they were. */
export const eraseDeletedCustomer = erasure({
  name: 'erase-deleted-customer',
  on: CustomerDeleted,
  id: ({ data }) => data.customerId,
  ...erased,
});

/** The same for a user who is gone; whoever holds something of customers hears of it as of any other. */
export const eraseCustomerRecord = erasure({
  name: 'erase-customer-record',
  on: UserDeleted,
  id: ({ data }) => data.userId,
  ...erased,
  async frees(id, work, unitOfWork) {
    await erased.frees(id, work, unitOfWork);
    const customer = await work.load(Customer, id);
    if (customer.exists) customer.record(remove(customer.state));
  },
});
