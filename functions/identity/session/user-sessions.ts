import { randomBytes } from 'node:crypto';
import { later } from '../../../shared/clock.ts';
import type { LogoutReason } from '../../../shared/events/contracts/identity.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { type RefreshToken, writeRefreshToken } from './refresh-token.ts';
import {
  expiredSessions,
  RefreshTokens,
  type Standing,
  standingOf,
  withoutSession,
  withToken,
} from './refresh-tokens.ts';
import { endReused, type Login, logIn, logOut, refresh, Sessions } from './sessions.ts';

/** The sessions of a user and their refresh tokens, kept in step within one unit of work. */
export interface UserSessions {
  /** Begins a session; answers with its refresh token, which is stored nowhere. */
  readonly begin: (login: Login, lifetimeMs: number) => string;
  readonly standingOf: (token: RefreshToken) => Standing;
  /** Goes on with a session; answers with its next refresh token. */
  readonly renew: (token: RefreshToken, lifetimeMs: number) => string;
  readonly endReused: (sessionId: string) => void;
  readonly end: (sessionId: string, reason: LogoutReason) => void;
  /** Ends all, or all but one. */
  readonly endOthers: (kept: string | undefined, reason: LogoutReason) => void;
}

/** What loading the sessions of a user takes. */
export function readsOfSessions(userId: string) {
  return [
    { type: Sessions, id: userId },
    { type: RefreshTokens, id: userId },
  ];
}

/** Loads the sessions of a user. */
export async function sessionsOf(work: UnitOfWork, userId: string, now: Date): Promise<UserSessions> {
  await work.preload(readsOfSessions(userId));
  const sessions = await work.load(Sessions, userId);
  const tokens = await work.load(RefreshTokens, userId);
  const stored = () => tokens.current ?? { tokens: [] };

  const give = (token: RefreshToken, lifetimeMs: number) => {
    tokens.put(withToken(stored(), token, later(now, lifetimeMs)));
    return writeRefreshToken(token);
  };
  /** What has no session any more needs no token. */
  const forgetEnded = () => {
    const alive = new Set(sessions.current?.sessions.map(({ sessionId }) => sessionId));
    const ended = stored().tokens.filter(({ sessionId }) => !alive.has(sessionId));
    if (ended.length > 0) tokens.put(ended.reduce((rest, { sessionId }) => withoutSession(rest, sessionId), stored()));
  };
  const endAll = (ending: readonly string[], reason: LogoutReason) => {
    if (sessions.current === undefined) return;
    sessions.record(logOut(sessions.current, ending, reason));
    forgetEnded();
  };

  return {
    begin(login, lifetimeMs) {
      endAll(expiredSessions(stored(), now), 'expired');
      sessions.record(logIn(sessions.current, login));
      forgetEnded();
      const { userId: owner, sessionId } = login;
      return give({ userId: owner, sessionId, family: random(16), secret: random(32) }, lifetimeMs);
    },
    standingOf: (token) => standingOf(stored(), token, now),
    renew(token, lifetimeMs) {
      sessions.record(refresh(sessions.state, token.sessionId, now));
      return give({ ...token, secret: random(32) }, lifetimeMs);
    },
    endReused(sessionId) {
      sessions.record(endReused(sessions.state, sessionId, now));
      forgetEnded();
    },
    end: (sessionId, reason) => endAll([sessionId], reason),
    endOthers(kept, reason) {
      const others = sessions.current?.sessions.map(({ sessionId }) => sessionId).filter((one) => one !== kept);
      endAll(others ?? [], reason);
    },
  };
}

function random(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
