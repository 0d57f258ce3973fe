import { randomBytes } from 'node:crypto';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { goingOn } from './ongoing-sessions.ts';
import { type RefreshToken, writeRefreshToken } from './refresh-token.ts';
import {
  nextOf,
  RefreshTokens,
  type Standing,
  standingOf,
  withFirst,
  withNext,
  withoutSession,
} from './refresh-tokens.ts';
import { expiryOf, sessionLifetimes } from './session-lifetimes.ts';
import { type Ending, endReused, type Login, logIn, logOut, refresh, Sessions } from './sessions.ts';

/** What a client gets to go on with. */
export interface GivenToken {
  readonly refreshToken: string;
  /** When the session ends, unless it is used again. */
  readonly expiresAt: string;
}

/** The sessions of a user and their refresh tokens, kept in step within one unit of work. */
export interface UserSessions {
  /** Begins a session; its refresh token is stored nowhere. */
  readonly begin: (login: Login, device: string) => GivenToken;
  readonly standingOf: (token: RefreshToken) => Standing;
  /** Goes on with a session by its current token. */
  readonly renew: (token: RefreshToken) => GivenToken;
  /** What was given for a token that is repeated. */
  readonly again: (token: RefreshToken) => GivenToken;
  readonly endReused: (sessionId: string) => void;
  /** Ends one; whether it was going on. */
  readonly end: (sessionId: string, ending: Ending) => boolean;
  /** Ends all, or all but one. */
  readonly endOthers: (kept: string | undefined, ending: Ending) => void;
}

/** What loading the sessions of a user takes. */
export function readsOfSessions(userId: string) {
  return [
    { type: Sessions, id: userId },
    { type: RefreshTokens, id: userId },
  ];
}

/** Loads the sessions of a user. */
export async function sessionsOf(
  work: UnitOfWork,
  userId: string,
  { now, settings }: { readonly now: Date; readonly settings: Settings },
): Promise<UserSessions> {
  await work.preload(readsOfSessions(userId));
  const sessions = await work.load(Sessions, userId);
  const tokens = await work.load(RefreshTokens, userId);
  const lifetimes = sessionLifetimes(settings);
  const stored = () => tokens.current ?? { tokens: [] };
  const all = () => sessions.current?.sessions ?? [];
  const alive = () => goingOn(all(), stored(), now, lifetimes);
  const aliveOf = ({ sessionId }: RefreshToken) => {
    const found = alive().find((one) => one.sessionId === sessionId);
    if (found === undefined) throw new Error(`the session ${sessionId} does not go on`);
    return found;
  };

  /** What has no session any more needs no token. */
  const forgetEnded = () => {
    const left = new Set(all().map(({ sessionId }) => sessionId));
    const ended = stored().tokens.filter(({ sessionId }) => !left.has(sessionId));
    if (ended.length > 0) tokens.put(ended.reduce((rest, { sessionId }) => withoutSession(rest, sessionId), stored()));
  };
  const endAll = (ids: readonly string[], ending: Ending) => {
    if (sessions.current === undefined) return;
    sessions.record(logOut(sessions.current, ids, ending));
    forgetEnded();
  };
  const endExpired = () => {
    const left = new Set(alive().map(({ sessionId }) => sessionId));
    endAll(
      all().flatMap(({ sessionId }) => (left.has(sessionId) ? [] : [sessionId])),
      { reason: 'expired' },
    );
  };

  return {
    begin(login, device) {
      endExpired();
      sessions.record(logIn(sessions.current, login));
      forgetEnded();
      const { userId: owner, sessionId, at } = login;
      const token = { userId: owner, sessionId, family: random(16), secret: random(32) };
      const expiresAt = expiryOf(at, now, lifetimes);
      tokens.put(withFirst(stored(), token, { now, expiresAt, device }));
      return { refreshToken: writeRefreshToken(token), expiresAt };
    },
    standingOf(token) {
      const isAlive = alive().some(({ sessionId }) => sessionId === token.sessionId);
      return isAlive ? standingOf(stored(), token, now) : 'unknown';
    },
    renew(token) {
      const expiresAt = expiryOf(aliveOf(token).startedAt, now, lifetimes);
      sessions.record(refresh(sessions.state, token.sessionId, now));
      const secret = random(32);
      tokens.put(withNext(stored(), token, secret, { now, expiresAt }));
      return { refreshToken: writeRefreshToken({ ...token, secret }), expiresAt };
    },
    again(token) {
      return { refreshToken: writeRefreshToken(nextOf(stored(), token)), expiresAt: aliveOf(token).expiresAt };
    },
    endReused(sessionId) {
      sessions.record(endReused(sessions.state, sessionId, now));
      forgetEnded();
    },
    end(sessionId, ending) {
      const isGoingOn = alive().some((one) => one.sessionId === sessionId);
      endAll([sessionId], ending);
      return isGoingOn;
    },
    endOthers(kept, ending) {
      endAll(
        all().flatMap(({ sessionId }) => (sessionId === kept ? [] : [sessionId])),
        ending,
      );
    },
  };
}

function random(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
