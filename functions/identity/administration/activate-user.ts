import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { activate } from '../user/user.ts';
import { UserView } from '../user/user-view.ts';
import { changeStatus } from './change-status.ts';
import { UserPath } from './user-path.ts';

export const activateUser = endpoint({
  name: 'activate-user',
  summary: 'Lets a user log in again who was deactivated, with the roles that they have',
  method: 'POST',
  route: 'users/{id:guid}/activate',
  roles: ['admin'],
  params: UserPath,
  answers: { 200: UserView },
  headers: ['etag'],
  problems: ['precondition-failed'],
  async handle({ params: { id }, ...context }) {
    const { view, version } = await changeStatus(id, context, activate);
    return ok(view, version);
  },
});
