import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { AddressClaim } from '../address/address-claim.ts';
import { addressBoundary, addressKey } from '../address/email-address.ts';
import { Profile } from './profile.ts';
import { refuseOwn, remove, User, userBoundary } from './user.ts';
import { UserPath } from './user-path.ts';

/**
 * Frees the address, then tells everybody that the user is gone; what is personal goes by that (`eraseUser` here). The
 * address comes first: where the rest does not follow, nobody can log in, and deleting again completes it.
 */
export const deleteUser = endpoint({
  name: 'delete-user',
  summary: 'Deletes a user and all that is personal about them, and frees their address',
  method: 'DELETE',
  route: 'users/{id:guid}',
  roles: ['admin'],
  params: UserPath,
  answers: { 204: z.undefined() },
  problems: ['own-account', 'precondition-failed'],
  async handle({ params: { id }, caller, unitOfWork, ifMatch }) {
    const work = unitOfWork(userBoundary(id));
    const user = await work.load(User, id);
    refuseOwn(caller.sub, user.state);
    ifMatch(user.version);
    const profile = await work.load(Profile, id);
    if (profile.exists) {
      const { email } = profile.state;
      const door = unitOfWork(addressBoundary(email));
      const claim = await door.load(AddressClaim, addressKey(email));
      if (claim.current?.userId === id) await door.erase({ except: [] });
    }
    user.record(remove(user.state));
    return noContent();
  },
});
