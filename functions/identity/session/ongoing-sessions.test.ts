import { describe, expect, it } from 'vitest';
import { goingOn } from './ongoing-sessions.ts';
import { RefreshTokens } from './refresh-tokens.ts';
import { expiryOf } from './session-lifetimes.ts';

const startedAt = '2026-11-22T10:00:00.000Z';
const day = 86_400_000;
const lifetimes = { unusedMs: 30 * day, inAllMs: 90 * day };
const onDay = (days: number) => new Date(Date.parse(startedAt) + days * day);
const sessions = [{ sessionId: 's1', startedAt }];

/** What is stored of a session that was used on that day. */
function usedOn(days: number) {
  const expiresAt = expiryOf(startedAt, onDay(days), lifetimes);
  const token = { sessionId: 's1', familyHash: 'f', secretHash: 's', expiresAt, givenAt: onDay(days).toISOString() };
  return RefreshTokens.parse({ tokens: [token] });
}

describe('the lifetime of a session', () => {
  it('a session that is not used for its lifetime is over', () => {
    const on = (days: number) => goingOn(sessions, usedOn(10), onDay(days), lifetimes);
    expect(on(39)).toMatchObject([{ sessionId: 's1', expiresAt: onDay(40).toISOString() }]);
    expect(on(40)).toEqual([]);
  });

  it('a session that is used again and again is over at its end for good', () => {
    const on = (days: number) => goingOn(sessions, usedOn(80), onDay(days), lifetimes);
    expect(on(89)).toMatchObject([{ expiresAt: onDay(90).toISOString(), lastUsedAt: onDay(80).toISOString() }]);
    expect(on(90)).toEqual([]);
  });

  it('a session that was begun under a longer lifetime ends by the one that is set now', () => {
    const shorter = { ...lifetimes, inAllMs: 20 * day };
    expect(goingOn(sessions, usedOn(10), onDay(19), shorter)).toMatchObject([{ expiresAt: onDay(20).toISOString() }]);
    expect(goingOn(sessions, usedOn(10), onDay(20), shorter)).toEqual([]);
  });

  it('a session from before devices and uses were kept is shown with its beginning', () => {
    const { givenAt: _, ...old } = usedOn(0).tokens[0] ?? {};
    expect(goingOn(sessions, RefreshTokens.parse({ tokens: [old] }), onDay(1), lifetimes)).toEqual([
      { sessionId: 's1', startedAt, lastUsedAt: startedAt, expiresAt: onDay(30).toISOString(), device: 'unknown' },
    ]);
  });
});
