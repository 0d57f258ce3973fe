import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { roles } from '../../../shared/security/principal.ts';
import { userBoundary } from '../user/user.ts';
import { sessionsOf } from './user-sessions.ts';

export const endOwnSession = endpoint({
  name: 'end-own-session',
  summary: 'Logs the caller out of one of their sessions, and ends its tokens',
  method: 'DELETE',
  route: 'users/me/sessions/{sessionId}',
  roles,
  params: z.object({ sessionId: z.uuid() }),
  answers: { 204: z.undefined() },
  async handle({ params: { sessionId }, caller: { sub }, unitOfWork, ...context }) {
    const sessions = await sessionsOf(unitOfWork(userBoundary(sub)), sub, context);
    if (!sessions.end(sessionId, { reason: 'logout' })) throw rejectAbsent(`there is no session ${sessionId}`);
    return noContent();
  },
});
