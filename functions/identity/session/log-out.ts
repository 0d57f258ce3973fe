import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { json } from '../../../shared/http/bodies/json.ts';
import { oauthForm } from '../../../shared/http/bodies/oauth-form.ts';
import { mostBytesOfAForm } from '../public-forms.ts';
import { userBoundary } from '../user/user.ts';
import { readRefreshToken } from './refresh-token.ts';
import { RevokedToken } from './sent-refresh-token.ts';
import { sessionsOf } from './user-sessions.ts';

/** Whoever has any token of a session may end it, and hears the same if there is none (RFC 7009, section 2.2). */
export const logOut = endpoint({
  name: 'log-out',
  summary: 'Ends the session of a refresh token, and its access tokens',
  method: 'POST',
  route: 'auth/logout',
  roles: 'public',
  rate: 'auth',
  body: RevokedToken,
  takesSecret: true,
  accepts: [json, oauthForm(RevokedToken)],
  maxBodyBytes: mostBytesOfAForm,
  answers: { 204: z.undefined() },
  async handle({ body: { refresh_token, token: sent = refresh_token }, unitOfWork, now, settings }) {
    const token = sent === undefined ? undefined : readRefreshToken(sent);
    if (token === undefined) return noContent();
    const sessions = await sessionsOf(unitOfWork(userBoundary(token.userId)), token.userId, { now, settings });
    if (sessions.standingOf(token) !== 'unknown') sessions.end(token.sessionId, { reason: 'logout' });
    return noContent();
  },
});
