import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { deactivate, refuseOwn } from '../user/user.ts';
import { UserView } from '../user/user-view.ts';
import { changeStatus } from './change-status.ts';
import { UserPath } from './user-path.ts';

export const deactivateUser = endpoint({
  name: 'deactivate-user',
  summary: 'Keeps a user from logging in, and ends their sessions',
  method: 'POST',
  route: 'users/{id:guid}/deactivate',
  roles: ['admin'],
  params: UserPath,
  answers: { 200: UserView },
  headers: ['etag'],
  problems: ['own-account', 'precondition-failed'],
  async handle({ params: { id }, caller, ...context }) {
    const deactivated = await changeStatus(id, context, (user, act) => {
      refuseOwn(caller.sub, user);
      return deactivate(user, act);
    });
    return ok(deactivated.view, deactivated.version);
  },
});
