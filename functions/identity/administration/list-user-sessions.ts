import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { readOngoingSessions } from '../session/ongoing-sessions.ts';
import { SessionList, viewOfSessions } from '../session/session-view.ts';
import { readAccount } from '../user/read-account.ts';
import { UserPath } from './user-path.ts';

export const listUserSessions = endpoint({
  name: 'list-user-sessions',
  summary: 'Lists where a user is logged in, the session that was used last first',
  method: 'GET',
  route: 'users/{id:guid}/sessions',
  roles: ['admin'],
  params: UserPath,
  answers: { 200: SessionList },
  async handle({ params: { id }, caller, ...context }) {
    const [sessions] = await Promise.all([readOngoingSessions(id, context), readAccount(context.reader, id)]);
    return ok(viewOfSessions(sessions, caller.session));
  },
});
