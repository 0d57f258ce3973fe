import { z } from 'zod';
import { later } from '../../../shared/clock.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { type RefreshToken, storedPart } from './refresh-token.ts';
import { openSecret, sealSecret } from './sealed-secret.ts';

/** So long a token that was used is answered as the first time: two tabs of one browser, or an answer that was lost. */
const graceMs = 10_000;

const StoredToken = z.object({
  sessionId: z.string(),
  familyHash: z.string(),
  secretHash: z.string(),
  expiresAt: z.iso.datetime(),
  /** When it was given out; the first ones did not say. */
  givenAt: z.iso.datetime().optional(),
  /** What the user may know the device again by, that the session was begun with. */
  device: z.string().optional(),
  /** The token that this one was given for, and the secret of this one, sealed under the secret of that one. */
  former: z.object({ secretHash: z.string(), sealed: z.string() }).optional(),
});
type StoredToken = z.infer<typeof StoredToken>;

/** The current refresh token of each of a user's sessions, hashed. */
export const RefreshTokens = defineProjection({
  kind: 'refresh-tokens',
  state: z.object({ tokens: z.array(StoredToken) }),
});
export type RefreshTokensState = ReturnType<typeof RefreshTokens.parse>;

/**
 * `repeated`: it was used a moment ago, so the answer may be given again. `reused`: it was good once, and somebody has used
 * it already; the thief or the robbed, nobody can tell.
 */
export type Standing = 'current' | 'repeated' | 'reused' | 'unknown';

/** What a token is worth. */
export function standingOf(state: RefreshTokensState, presented: RefreshToken, now: Date): Standing {
  const stored = tokenOf(state, presented.sessionId);
  if (stored === undefined || stored.familyHash !== storedPart(presented.family)) return 'unknown';
  if (stored.expiresAt <= now.toISOString()) return 'unknown';
  if (stored.secretHash === storedPart(presented.secret)) return 'current';
  return isRepeated(stored, presented, now) ? 'repeated' : 'reused';
}

function isRepeated({ former, givenAt }: StoredToken, { secret }: RefreshToken, now: Date): boolean {
  if (former?.secretHash !== storedPart(secret) || givenAt === undefined) return false;
  return now.toISOString() < later(new Date(givenAt), graceMs);
}

interface Giving {
  readonly now: Date;
  readonly expiresAt: string;
}

/** With the first token of a session. */
export function withFirst(
  state: RefreshTokensState,
  token: RefreshToken,
  { now, expiresAt, device }: Giving & { readonly device: string },
): RefreshTokensState {
  return withToken(state, { ...hashed(token), expiresAt, givenAt: now.toISOString(), device });
}

/** With this one in place of the one that it is given for. */
export function withNext(
  state: RefreshTokensState,
  former: RefreshToken,
  secret: string,
  { now, expiresAt }: Giving,
): RefreshTokensState {
  const { device } = tokenOf(state, former.sessionId) ?? {};
  return withToken(state, {
    ...hashed({ ...former, secret }),
    expiresAt,
    givenAt: now.toISOString(),
    former: { secretHash: storedPart(former.secret), sealed: sealSecret(secret, former.secret) },
    ...(device === undefined ? {} : { device }),
  });
}

/** The token that was given for a `repeated` one. @throws Error when it is none. */
export function nextOf(state: RefreshTokensState, repeated: RefreshToken): RefreshToken {
  const sealed = tokenOf(state, repeated.sessionId)?.former?.sealed;
  if (sealed === undefined) throw new Error('no token was given for this one');
  return { ...repeated, secret: openSecret(sealed, repeated.secret) };
}

/** Without the token of a session. */
export function withoutSession({ tokens }: RefreshTokensState, sessionId: string): RefreshTokensState {
  return { tokens: tokens.filter((token) => token.sessionId !== sessionId) };
}

/** What is stored of the token of a session. */
export function tokenOf({ tokens }: RefreshTokensState, sessionId: string): StoredToken | undefined {
  return tokens.find((token) => token.sessionId === sessionId);
}

function withToken(state: RefreshTokensState, stored: StoredToken): RefreshTokensState {
  return { tokens: [...withoutSession(state, stored.sessionId).tokens, stored] };
}

function hashed({ sessionId, family, secret }: RefreshToken) {
  return { sessionId, familyHash: storedPart(family), secretHash: storedPart(secret) };
}
