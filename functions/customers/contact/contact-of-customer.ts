import { answers } from '../../../shared/capabilities/answers.ts';
import { ContactOfCustomer } from '../../../shared/lookups/contact-of-customer.ts';
import { Customer, customerBoundary } from '../customer/customer.ts';
import { Profile } from '../customer/profile.ts';

/** Somebody who is deleted is gone at once, whether what is personal is erased by now or not. */
export const contactOfCustomer = answers(ContactOfCustomer, async ({ customerId: id }, { reader }) => {
  const address = { boundary: customerBoundary(id), id };
  const [customer, profile] = await Promise.all([reader.read(Customer, address), reader.read(Profile, address)]);
  if (customer === undefined || profile === undefined || customer.state.status === 'erased') return undefined;
  const { phone: telephone, language: locale, name, email } = profile.state;
  return { telephone, locale, name, email };
});
