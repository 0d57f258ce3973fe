import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { userBoundary } from '../user/user.ts';
import { RefreshTokens, type RefreshTokensState, tokenOf } from './refresh-tokens.ts';
import { endOf, type SessionLifetimes, sessionLifetimes } from './session-lifetimes.ts';
import { Sessions, type SessionsState } from './sessions.ts';

/** A session that can be used. */
export interface OngoingSession {
  readonly sessionId: string;
  readonly startedAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
  readonly device: string;
}

/** The sessions that can be used, the oldest first. One that has expired is still among a user's until they log in again. */
export function goingOn(
  sessions: SessionsState['sessions'],
  tokens: RefreshTokensState,
  now: Date,
  lifetimes: SessionLifetimes,
): readonly OngoingSession[] {
  return sessions.flatMap(({ sessionId, startedAt }) => {
    const token = tokenOf(tokens, sessionId);
    if (token === undefined) return [];
    const end = endOf(startedAt, lifetimes);
    const expiresAt = token.expiresAt < end ? token.expiresAt : end;
    if (expiresAt <= now.toISOString()) return [];
    const { givenAt: lastUsedAt = startedAt, device = 'unknown' } = token;
    return [{ sessionId, startedAt, lastUsedAt, expiresAt, device }];
  });
}

/** The sessions of a user that can be used now. */
export async function readOngoingSessions(
  userId: string,
  { reader, now, settings }: { readonly reader: Reader; readonly now: Date; readonly settings: Settings },
): Promise<readonly OngoingSession[]> {
  const at = { boundary: userBoundary(userId), id: userId };
  const [sessions, tokens] = await Promise.all([reader.read(Sessions, at), reader.read(RefreshTokens, at)]);
  if (sessions === undefined || tokens === undefined) return [];
  return goingOn(sessions.state.sessions, tokens.state, now, sessionLifetimes(settings));
}
