import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { roles } from '../../../shared/security/principal.ts';
import { ownAccount } from './account.ts';
import { changed, userBoundary } from './user.ts';

export const removeAddress = endpoint({
  name: 'remove-address',
  summary: 'Removes a postal address from the caller’s account',
  method: 'DELETE',
  route: 'users/me/addresses/{id}',
  roles,
  params: z.object({ id: z.uuid() }),
  answers: { 204: z.undefined() },
  problems: ['deactivated', 'precondition-failed'],
  async handle({ params: { id }, caller, unitOfWork, ifMatch }) {
    const { user, profile } = await ownAccount(unitOfWork(userBoundary(caller.sub)), caller.sub);
    ifMatch(user.version);
    const addresses = profile.state.addresses.filter((address) => address.id !== id);
    if (addresses.length === profile.state.addresses.length) throw rejectAbsent(`there is no address ${id}`);
    user.record(changed(user.state, 'addresses'));
    profile.put({ ...profile.state, addresses });
    return noContent();
  },
});
