import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { freeAddress } from '../address/free-address.ts';
import { Profile } from '../user/profile.ts';
import { refuseOwn, remove, User, userBoundary } from '../user/user.ts';
import { UserPath } from './user-path.ts';

/**
 * Tells everybody that the user is gone; what is personal goes by that (`eraseUser` here). The address is freed with a second
 * commit, so that it is free when the caller hears of it; where that does not follow, `eraseUser` frees it.
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
  async handle({ params: { id }, caller, actor, now, unitOfWork, ifMatch }) {
    const work = unitOfWork(userBoundary(id));
    const user = await work.load(User, id);
    refuseOwn(caller.sub, user.state);
    if (user.state.status !== 'deleted') ifMatch(user.version);
    user.record(remove(user.state, { by: actor, at: now.toISOString() }));
    const { current: profile } = await work.load(Profile, id);
    if (profile !== undefined) await freeAddress(profile.email, id, unitOfWork);
    return noContent();
  },
});
