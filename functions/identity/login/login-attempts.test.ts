import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, allowedAttempts, isUsedUp, type LoginAttemptsState, locked } from './login-attempts.ts';

const start = new Date('2026-11-22T10:00:00.000Z');
const minute = 60_000;
const moment = (ms: number) => new Date(start.getTime() + ms);

/** So many wrong passwords, one a second. */
function tried(times: number): LoginAttemptsState {
  let attempts = admit(undefined, undefined, start);
  for (let index = 1; index < times; index += 1) attempts = admit(attempts, undefined, moment(index * 1_000));
  return attempts;
}

describe('login attempts', () => {
  it('ten login attempts are allowed in fifteen minutes', () => {
    expect(isUsedUp(tried(9))).toBe(false);
    expect(isUsedUp(tried(10))).toBe(true);
    expect(() => admit(tried(10), undefined, moment(14 * minute))).toThrow(
      expect.objectContaining({ kind: 'limited', code: 'too-many-attempts', retryAfterMs: 60_000 }),
    );
  });

  it('the tenth wrong password locks the address for fifteen minutes', () => {
    const lockedState = locked(tried(10), moment(9_000));
    expect(() => admit(lockedState, undefined, moment(15 * minute + 8_999))).toThrow(
      expect.objectContaining({ kind: 'limited', retryAfterMs: 1 }),
    );
    expect(admit(lockedState, undefined, moment(15 * minute + 9_000)).tries).toHaveLength(1);
  });

  it('a right password resets the count of wrong ones', () => {
    const provenAt = moment(8_000).toISOString();
    expect(admit(tried(10), provenAt, moment(9_000)).tries).toEqual(
      [9_000, 9_000].map((ms) => moment(ms).toISOString()),
    );
  });

  it('login attempts never exceed ten in any fifteen minutes, however they are spread', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 * minute }), { maxLength: 60 }), (pauses) => {
        const admitted: number[] = [];
        let attempts: LoginAttemptsState | undefined;
        let at = 0;
        for (const pause of pauses) {
          at += pause;
          try {
            attempts = admit(attempts, undefined, moment(at));
          } catch {
            continue; // refused: what follows is about those that were not
          }
          admitted.push(at);
          if (isUsedUp(attempts)) attempts = locked(attempts, moment(at));
        }
        for (const one of admitted) {
          const inWindow = admitted.filter((other) => other >= one && other < one + 15 * minute);
          expect(inWindow.length).toBeLessThanOrEqual(allowedAttempts);
        }
      }),
    );
  });
});
