import { command } from '../../../shared/capabilities/command.ts';
import { roles } from '../../../shared/security/principal.ts';
import { ofOwnAccount } from './account.ts';
import { newestAddress, PostalAddress, withAddress } from './profile.ts';
import { changed } from './user.ts';
import { PostalAddressView } from './user-view.ts';

const AddAddress = PostalAddress.meta({
  id: 'AddAddress',
  example: { line1: '1 Main Street', city: 'Springfield', postal_code: '12345', country: 'US' },
});

export const addAddress = command({
  name: 'add-address',
  summary: 'Adds a postal address to the caller’s account',
  method: 'POST',
  route: 'users/me/addresses',
  roles,
  body: AddAddress,
  ...ofOwnAccount,
  decide: (user, { body, newId }, profile) => ({
    events: changed(user, 'addresses'),
    beside: withAddress(profile, { id: newId(), ...body }),
  }),
  view: [PostalAddressView, ({ beside }) => newestAddress(beside)],
  madeAt: ({ id }) => `/api/v1/users/me/addresses/${id}`,
  problems: ['deactivated', 'too-many-addresses'],
});
