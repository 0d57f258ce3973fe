import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { created } from '../../../shared/http/answer.ts';
import { reject } from '../../../shared/model/rejection.ts';
import { roles } from '../../../shared/security/principal.ts';
import { ownAccount } from './account.ts';
import { PostalAddress } from './profile.ts';
import { changed, userBoundary } from './user.ts';
import { PostalAddressView } from './user-view.ts';

const maxAddresses = 20;

const AddAddress = PostalAddress.meta({
  id: 'AddAddress',
  example: { line1: '1 Main Street', city: 'Springfield', postal_code: '12345', country: 'US' },
});

export const addAddress = endpoint({
  name: 'add-address',
  summary: 'Adds a postal address to the caller’s account',
  method: 'POST',
  route: 'users/me/addresses',
  roles,
  body: AddAddress,
  answers: { 201: PostalAddressView },
  headers: ['etag'],
  problems: ['not-found', 'deactivated', 'precondition-failed', 'too-many-addresses'],
  async handle({ body, caller, unitOfWork, newId, ifMatch }) {
    const { user, profile } = await ownAccount(unitOfWork(userBoundary(caller.sub)), caller.sub);
    ifMatch(user.version);
    const { addresses } = profile.state;
    if (addresses.length >= maxAddresses)
      throw reject('too-many-addresses', `an account has at most ${maxAddresses} addresses: remove one first`);
    const address = { id: newId(), ...body };
    user.record(changed(user.state, 'addresses'));
    profile.put({ ...profile.state, addresses: [...addresses, address] });
    return created(`/api/v1/users/me/addresses/${address.id}`, address, user.version);
  },
});
