import { rejectAbsent } from '../../../shared/model/rejection.ts';
import type { TrackedAggregate, TrackedProjection } from '../../../shared/persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { Customer, type CustomerState } from './customer.ts';
import { Profile, type ProfileState } from './profile.ts';

/** A customer who is to be changed, with their profile. @throws Rejection (404) */
export async function loadCustomer(
  work: UnitOfWork,
  id: string,
): Promise<{ readonly customer: TrackedAggregate<CustomerState>; readonly profile: TrackedProjection<ProfileState> }> {
  await work.preload([Customer, Profile].map((type) => ({ type, id })));
  const [customer, profile] = [await work.load(Customer, id), await work.load(Profile, id)];
  if (!customer.exists) throw rejectAbsent(`there is no customer ${id}`);
  return { customer, profile };
}
