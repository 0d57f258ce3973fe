import { answers } from '../../../shared/capabilities/answers.ts';
import { ConsentOfCustomer } from '../../../shared/lookups/consent-of-customer.ts';
import { Customer, customerBoundary } from '../customer/customer.ts';

/** Who is blocked gets nothing, whatever they have consented to. */
export const consentOfCustomer = answers(ConsentOfCustomer, async ({ customerId: id, purpose }, { reader }) => {
  const customer = await reader.read(Customer, { boundary: customerBoundary(id), id });
  if (customer === undefined || customer.state.status === 'erased') return undefined;
  const { status, consents } = customer.state;
  return { isGranted: status === 'active' && consents[purpose] === 'granted' };
});
