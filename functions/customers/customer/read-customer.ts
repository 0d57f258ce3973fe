import { rejectAbsent } from '../../../shared/model/rejection.ts';
import type { Reader, Seen } from '../../../shared/persistence/reading/reader.ts';
import { Customer, type CustomerState, customerBoundary, refuseErased } from './customer.ts';
import { Profile, type ProfileState } from './profile.ts';

/** A customer as they are now. @throws Rejection (404), also for one who is erased */
export async function readCustomer(
  reader: Reader,
  id: string,
): Promise<Seen<CustomerState> & { readonly beside: ProfileState | undefined }> {
  const address = { boundary: customerBoundary(id), id };
  const [customer, profile] = await Promise.all([reader.read(Customer, address), reader.read(Profile, address)]);
  if (customer === undefined) throw rejectAbsent(`there is no customer ${id}`);
  refuseErased(customer.state);
  return { ...customer, beside: profile?.state };
}
