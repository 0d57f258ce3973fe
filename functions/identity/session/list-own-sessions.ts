import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { roles } from '../../../shared/security/principal.ts';
import { readOngoingSessions } from './ongoing-sessions.ts';
import { SessionList, viewOfSessions } from './session-view.ts';

export const listOwnSessions = endpoint({
  name: 'list-own-sessions',
  summary: 'Lists where the caller is logged in, the session that was used last first',
  method: 'GET',
  route: 'users/me/sessions',
  roles,
  answers: { 200: SessionList },
  async handle({ caller, ...context }) {
    return ok(viewOfSessions(await readOngoingSessions(caller.sub, context), caller.session));
  },
});
