import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { roles } from '../../../shared/security/principal.ts';
import { userBoundary } from '../user/user.ts';
import { sessionsOf } from './user-sessions.ts';

export const endOwnSessions = endpoint({
  name: 'end-own-sessions',
  summary: 'Logs the caller out everywhere; with `except=current`, everywhere else',
  method: 'DELETE',
  route: 'users/me/sessions',
  roles,
  query: z.strictObject({
    except: z.literal('current').optional().describe('The session that the token of this request is of goes on'),
  }),
  answers: { 204: z.undefined() },
  async handle({ query: { except }, caller: { sub, session }, unitOfWork, ...context }) {
    const sessions = await sessionsOf(unitOfWork(userBoundary(sub)), sub, context);
    sessions.endOthers(except === undefined ? undefined : session, { reason: 'logout' });
    return noContent();
  },
});
