import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { accountOf } from './account.ts';
import { deactivate, refuseOwn, userBoundary } from './user.ts';
import { UserPath } from './user-path.ts';
import { UserView, viewOf } from './user-view.ts';

export const deactivateUser = endpoint({
  name: 'deactivate-user',
  summary: 'Keeps a user from logging in and from going on with their sessions',
  method: 'POST',
  route: 'users/{id:guid}/deactivate',
  roles: ['admin'],
  params: UserPath,
  answers: { 200: UserView },
  headers: ['etag'],
  problems: ['own-account', 'precondition-failed'],
  async handle({ params: { id }, caller, unitOfWork, ifMatch }) {
    const { user, profile } = await accountOf(unitOfWork(userBoundary(id)), id);
    refuseOwn(caller.sub, user.state);
    ifMatch(user.version);
    user.record(deactivate(user.state));
    return ok(viewOf(user.state, profile.state), user.version);
  },
});
