import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { readsOfSessions, sessionsOf } from '../session/user-sessions.ts';
import { refuseDeleted } from '../user/account.ts';
import { User, userBoundary } from '../user/user.ts';
import { UserPath } from './user-path.ts';

export const endUserSessions = endpoint({
  name: 'end-user-sessions',
  summary: 'Logs a user out everywhere; they may log in again',
  method: 'DELETE',
  route: 'users/{id:guid}/sessions',
  roles: ['admin'],
  params: UserPath,
  answers: { 204: z.undefined() },
  async handle({ params: { id }, actor, unitOfWork, ...context }) {
    const work = unitOfWork(userBoundary(id));
    await work.preload([{ type: User, id }, ...readsOfSessions(id)]);
    refuseDeleted((await work.load(User, id)).state);
    (await sessionsOf(work, id, context)).endOthers(undefined, { reason: 'ended-by-admin', by: actor });
    return noContent();
  },
});
