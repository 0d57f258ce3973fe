import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RefreshToken, readRefreshToken, writeRefreshToken } from './refresh-token.ts';
import {
  nextOf,
  RefreshTokens,
  type RefreshTokensState,
  standingOf,
  withFirst,
  withNext,
  withoutSession,
} from './refresh-tokens.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
const tomorrow = '2026-11-23T10:00:00.000Z';
const giving = { now, expiresAt: tomorrow };
const first = (state: RefreshTokensState, given: RefreshToken) =>
  withFirst(state, given, { ...giving, device: 'curl' });
const ahead = (ms: number) => new Date(now.getTime() + ms);
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

  it('refresh tokens are stored only as hashes, and the newest sealed under the one before it', () => {
    const stored = JSON.stringify(withNext(first(none, token(1, 2)), token(1, 2), token(1, 3).secret, giving));
    expect(stored).not.toContain(token(1, 2).family);
    for (const secret of [2, 3]) expect(stored).not.toContain(token(1, secret).secret);
  });

  it('a refresh token that has expired, or whose family is made up, is unknown', () => {
    const state = first(none, token(1, 2));
    expect(standingOf(state, token(1, 2), new Date(tomorrow))).toBe('unknown');
    expect(standingOf(state, { ...token(1, 2), family: 'f'.repeat(22) }, now)).toBe('unknown');
  });

  it('a refresh token that was used is answered with the same next one for ten seconds, and then it is reused', () => {
    const state = withNext(first(none, token(1, 2)), token(1, 2), token(1, 3).secret, giving);
    expect(standingOf(state, token(1, 2), ahead(9_999))).toBe('repeated');
    expect(nextOf(state, token(1, 2))).toEqual(token(1, 3));
    expect(standingOf(state, token(1, 2), ahead(10_000))).toBe('reused');
    const later = withNext(state, token(1, 3), token(1, 4).secret, giving);
    expect(standingOf(later, token(1, 2), now)).toBe('reused');
    expect(standingOf(later, token(1, 3), now)).toBe('repeated');
  });

  it('a refresh token that was stored before there was a next one to repeat is reused once it was used', () => {
    const { former: _, ...old } =
      withNext(first(none, token(1, 2)), token(1, 2), token(1, 3).secret, giving).tokens[0] ?? {};
    const state = RefreshTokens.parse({ tokens: [old] });
    expect(standingOf(state, token(1, 3), now)).toBe('current');
    expect(standingOf(state, token(1, 2), now)).toBe('reused');
  });

  it('only the newest refresh token of a session is current: the one before it is repeated, older ones are reused, those of ended sessions unknown', () => {
    const step = fc.record({ session: fc.integer({ min: 0, max: 3 }), ends: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state = none;
        const given = new Map<number, RefreshToken[]>();
        for (const [secret, { session, ends }] of steps.entries()) {
          const next = token(session, secret);
          const before = given.get(session) ?? [];
          const current = before.at(-1);
          if (ends) state = withoutSession(state, next.sessionId);
          else state = current === undefined ? first(state, next) : withNext(state, current, next.secret, giving);
          given.set(session, ends ? [] : [...before, next]);
          if (ends) expect(standingOf(state, next, now)).toBe('unknown');
        }
        for (const tokens of given.values()) {
          const standings = tokens.map((one) => standingOf(state, one, now)).toReversed();
          expect(standings).toEqual(tokens.map((_, age) => (['current', 'repeated'] as const)[age] ?? 'reused'));
          expect(tokens.slice(-2, -1).map((one) => nextOf(state, one))).toEqual(tokens.slice(1).slice(-1));
        }
      }),
    );
  });
});
