import { directory } from '../../../shared/capabilities/directory.ts';
import { CustomerCreated, CustomerDeleted, CustomerUpdated } from '../../../shared/events/contracts/customers.ts';
import { Customer, customerBoundary } from './customer.ts';
import { Profile } from './profile.ts';
import { foundBy, tagsAsText, withoutMarks } from './search-text.ts';

/** As much of a name as lists are sorted by: where a page ends is told to whoever asks for the next. */
const longestKey = 100;

/** All customers of a tenant, in one boundary: searching reads the texts of all, so its price grows with their number. */
export const customersBoundary = 'customers';

/** What staff search customers by: made of the profile, and gone with it. */
export const customerDirectory = directory({
  name: 'list-customers',
  of: Customer,
  beside: Profile,
  on: [CustomerCreated, CustomerUpdated, CustomerDeleted],
  boundary: () => customersBoundary,
  address: ({ data: { customerId: id } }) => ({ boundary: customerBoundary(id), id }),
  entry: ({ status, tags }, profile = {}) =>
    status === 'erased'
      ? undefined
      : {
          status,
          tags: tagsAsText(tags),
          text: foundBy(profile),
          name: withoutMarks(profile.name ?? '').slice(0, longestKey),
        },
  filters: ['status', 'tags', 'text'],
  order: 'name',
});
