import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

function limiterOf(perSecond: number, burst: number) {
  const time = { now: Date.parse('2026-11-22T10:00:00.000Z') };
  const limiter = new RateLimiter({ perSecond, burst }, { now: () => new Date(time.now) });
  const taken = (caller: string, tries: number) => {
    let through = 0;
    for (let n = 0; n < tries; n += 1) {
      try {
        limiter.take(caller);
        through += 1;
      } catch (error) {
        expect(error).toMatchObject({ status: 429 });
      }
    }
    return through;
  };
  return { time, limiter, taken };
}

describe('a rate limit', () => {
  it('lets a burst through, and then what its rate allows', () => {
    const { time, taken } = limiterOf(10, 5);
    expect(taken('a', 8)).toBe(5);
    time.now += 300;
    expect(taken('a', 8)).toBe(3);
  });

  it('saves up no more than a burst', () => {
    const { time, taken } = limiterOf(10, 5);
    time.now += 3_600_000;
    expect(taken('a', 8)).toBe(5);
  });

  it('is each caller’s own', () => {
    const { taken } = limiterOf(10, 5);
    taken('a', 8);
    expect(taken('b', 8)).toBe(5);
  });

  it('says after how many whole seconds the next request is let through', () => {
    const { limiter, time } = limiterOf(0.25, 1);
    limiter.take('a');
    time.now += 1_500;
    expect(() => limiter.take('a')).toThrow(expect.objectContaining({ headers: { 'retry-after': '3' } }));
    time.now += 3_000;
    expect(() => limiter.take('a')).not.toThrow();
  });

  it('of 0 lets everything through', () => {
    expect(limiterOf(0, 1).taken('a', 100)).toBe(100);
  });

  it('keeps whoever goes on calling in mind, however many others come by', () => {
    const { taken } = limiterOf(1, 1);
    expect(taken('a', 1)).toBe(1);
    for (let other = 0; other < 25_000; other += 1) {
      taken(`other-${other}`, 1);
      if (other % 5_000 === 0) expect(taken('a', 1)).toBe(0);
    }
  });
});
