import { describe, expect, it } from 'vitest';
import { afterAttempt } from './after-attempt.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
const after = { number: 1, retryAfterMs: [60_000, 300_000], now };
const failed = { kind: 'failed', error: new Error('no answer') } as const;

describe('an attempt of an effect', () => {
  it('an attempt that failed is made again after the pause that is next', () => {
    expect([1, 2].map((number) => afterAttempt(failed, { ...after, number }))).toEqual([
      { kind: 'later', dueAt: '2026-11-22T10:01:00.000Z', attempts: 1 },
      { kind: 'later', dueAt: '2026-11-22T10:05:00.000Z', attempts: 2 },
    ]);
  });

  it('an attempt that failed after the last pause is given up, and its last failure is the reason', () => {
    expect(afterAttempt(failed, { ...after, number: 3 })).toEqual({
      kind: 'settle',
      outcome: { kind: 'gave-up', reason: '3 attempts failed, the last of Error: no answer' },
    });
  });

  it('an attempt to which the provider is busy does not count, and is made again when the provider says', () => {
    expect(afterAttempt({ kind: 'busy', retryAfterMs: 5_000 }, { ...after, number: 3 })).toEqual({
      kind: 'later',
      dueAt: '2026-11-22T10:00:05.000Z',
      attempts: 2,
    });
  });

  it('an attempt that the provider is still at does not count either, but for the first: so it is asked for, and not made again', () => {
    const underWay = { kind: 'under-way', retryAfterMs: 5_000 } as const;
    const attempts = [1, 2, 3].map((number) => afterAttempt(underWay, { ...after, number }));
    expect(attempts.map((next) => next.kind === 'later' && next.attempts)).toEqual([1, 1, 2]);
  });

  it('what the provider has done, or refuses for good, is settled as such', () => {
    for (const answer of [{ kind: 'done' }, { kind: 'refused', reason: 'unknown address' }] as const)
      expect(afterAttempt(answer, after)).toEqual({ kind: 'settle', outcome: answer });
  });
});
