import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';
import { type RefreshToken, storedPart } from './refresh-token.ts';

const StoredToken = z.object({
  sessionId: z.string(),
  familyHash: z.string(),
  secretHash: z.string(),
  expiresAt: z.iso.datetime(),
});

/** The current refresh token of each of a user's sessions, hashed. */
export const RefreshTokens = defineProjection({
  kind: 'refresh-tokens',
  state: z.object({ tokens: z.array(StoredToken) }),
});
export type RefreshTokensState = ReturnType<typeof RefreshTokens.parse>;

/** `reused`: it was good once, and somebody has used it already; the thief or the robbed, nobody can tell. */
export type Standing = 'current' | 'reused' | 'unknown';

/** What a token is worth. */
export function standingOf({ tokens }: RefreshTokensState, presented: RefreshToken, now: Date): Standing {
  const stored = tokens.find(({ sessionId }) => sessionId === presented.sessionId);
  if (stored === undefined || stored.familyHash !== storedPart(presented.family)) return 'unknown';
  if (stored.expiresAt <= now.toISOString()) return 'unknown';
  return stored.secretHash === storedPart(presented.secret) ? 'current' : 'reused';
}

/** With this token as the current one of its session. */
export function withToken(state: RefreshTokensState, token: RefreshToken, expiresAt: string): RefreshTokensState {
  const { sessionId, family, secret } = token;
  const stored = { sessionId, familyHash: storedPart(family), secretHash: storedPart(secret), expiresAt };
  return { tokens: [...withoutSession(state, sessionId).tokens, stored] };
}

/** Without the token of a session. */
export function withoutSession({ tokens }: RefreshTokensState, sessionId: string): RefreshTokensState {
  return { tokens: tokens.filter((token) => token.sessionId !== sessionId) };
}

/** The sessions that were not used in time. */
export function expiredSessions({ tokens }: RefreshTokensState, now: Date): readonly string[] {
  return tokens.flatMap(({ sessionId, expiresAt }) => (expiresAt <= now.toISOString() ? [sessionId] : []));
}
