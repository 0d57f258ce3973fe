import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RefreshToken, readRefreshToken, writeRefreshToken } from './refresh-token.ts';
import { expiredSessions, type RefreshTokensState, standingOf, withoutSession, withToken } from './refresh-tokens.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
const tomorrow = '2026-11-23T10:00:00.000Z';
const none: RefreshTokensState = { tokens: [] };

const token = (session: number, secret: number): RefreshToken => ({
  userId: '01890000-0000-7000-8000-000000000001',
  sessionId: `01890000-0000-7000-8000-${String(session).padStart(12, '0')}`,
  family: String(session).padStart(22, 'f'),
  secret: String(secret).padStart(43, 's'),
});

describe('a refresh token', () => {
  it('a refresh token is read as it was written', () => {
    expect(readRefreshToken(writeRefreshToken(token(1, 2)))).toEqual(token(1, 2));
  });

  it.each([
    '',
    'x',
    '../../main',
    `${writeRefreshToken(token(1, 2))}.`,
    writeRefreshToken({ ...token(1, 2), userId: 'u' }),
  ])('%j is not read as a refresh token', (text) => {
    expect(readRefreshToken(text)).toBeUndefined();
  });

  it('refresh tokens are stored only as hashes', () => {
    const stored = JSON.stringify(withToken(none, token(1, 2), tomorrow));
    expect(stored).not.toContain(token(1, 2).family);
    expect(stored).not.toContain(token(1, 2).secret);
  });

  it('a refresh token that has expired, or whose family is made up, is unknown', () => {
    const state = withToken(none, token(1, 2), tomorrow);
    expect(standingOf(state, token(1, 2), new Date(tomorrow))).toBe('unknown');
    expect(standingOf(state, { ...token(1, 2), family: 'f'.repeat(22) }, now)).toBe('unknown');
    expect(expiredSessions(state, new Date(tomorrow))).toEqual([token(1, 2).sessionId]);
  });

  it('only the newest refresh token of a session is current: older ones are reused, those of ended sessions unknown', () => {
    const step = fc.record({ session: fc.integer({ min: 0, max: 3 }), ends: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state = none;
        const given = new Map<number, RefreshToken[]>();
        for (const [secret, { session, ends }] of steps.entries()) {
          const next = token(session, secret);
          state = ends ? withoutSession(state, next.sessionId) : withToken(state, next, tomorrow);
          given.set(session, ends ? [] : [...(given.get(session) ?? []), next]);
          if (ends) expect(standingOf(state, next, now)).toBe('unknown');
        }
        for (const tokens of given.values()) {
          const standings = tokens.map((one) => standingOf(state, one, now));
          expect(standings).toEqual(tokens.map((_, index) => (index === tokens.length - 1 ? 'current' : 'reused')));
        }
      }),
    );
  });
});
