import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { json } from '../../../shared/http/bodies/json.ts';
import { oauthForm } from '../../../shared/http/bodies/oauth-form.ts';
import { Rejection } from '../../../shared/model/rejection.ts';
import { refuseOtherGrant } from '../grant-type.ts';
import { Credential } from '../login/credential.ts';
import { mostBytesOfAForm } from '../public-forms.ts';
import { User, userBoundary } from '../user/user.ts';
import { readRefreshToken } from './refresh-token.ts';
import { SentRefreshToken } from './sent-refresh-token.ts';
import { grant, TokenGrant } from './token-grant.ts';
import { readsOfSessions, sessionsOf } from './user-sessions.ts';

export const refreshSession = endpoint({
  name: 'refresh-session',
  summary:
    'Gives new tokens for a refresh token, which is then used up; again within ten seconds it gives the same, later it ends the session',
  method: 'POST',
  route: 'auth/refresh',
  roles: 'public',
  rate: 'auth',
  body: SentRefreshToken,
  accepts: [json, oauthForm(SentRefreshToken)],
  maxBodyBytes: mostBytesOfAForm,
  answers: { 200: TokenGrant },
  problems: ['unsupported-grant-type', 'invalid-refresh-token'],
  answersSecret: true,
  needs: ['signingKeys'],
  async handle({ body, caller: { tenant }, unitOfWork, now, settings, signingKeys }) {
    refuseOtherGrant(body.grant_type, 'refresh_token');
    const token = readRefreshToken(body.refresh_token);
    if (token === undefined) throw invalidRefreshToken();
    const { userId, sessionId } = token;
    const work = unitOfWork(userBoundary(userId));
    await work.preload([...[User, Credential].map((type) => ({ type, id: userId })), ...readsOfSessions(userId)]);
    const sessions = await sessionsOf(work, userId, { now, settings });
    const standing = sessions.standingOf(token);
    if (standing === 'reused') {
      sessions.endReused(sessionId);
      await work.commit();
    }
    const { current: user } = await work.load(User, userId);
    const { current: credential } = await work.load(Credential, userId);
    const isGood = standing === 'current' || standing === 'repeated';
    if (!isGood || user?.status !== 'active') throw invalidRefreshToken();
    const given = standing === 'current' ? sessions.renew(token) : sessions.again(token);
    return ok(await grant({ user, credential, tenant, sessionId, given, now, settings, signingKeys }));
  },
});

function invalidRefreshToken(): Rejection {
  const detail = 'The session of this refresh token has ended: log in again.';
  return new Rejection('invalid-refresh-token', detail, 'unauthenticated');
}
