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
  it('a rate limit allows a burst and then its rate per second', () => {
    const { time, taken } = limiterOf(10, 5);
    expect(taken('a', 8)).toBe(5);
    time.now += 300;
    expect(taken('a', 8)).toBe(3);
  });

  it('a rate limit saves up at most one burst', () => {
    const { time, taken } = limiterOf(10, 5);
    time.now += 3_600_000;
    expect(taken('a', 8)).toBe(5);
  });

  it('a rate limit counts every caller separately', () => {
    const { taken } = limiterOf(10, 5);
    taken('a', 8);
    expect(taken('b', 8)).toBe(5);
  });

  it('a rate limit says after how many whole seconds the next request is allowed', () => {
    const { limiter, time } = limiterOf(0.25, 1);
    limiter.take('a');
    time.now += 1_500;
    expect(() => limiter.take('a')).toThrow(expect.objectContaining({ headers: { 'retry-after': '3' } }));
    time.now += 3_000;
    expect(() => limiter.take('a')).not.toThrow();
  });

  it('a rate limit gives back a request that need not be counted, and never more than a burst', () => {
    const { limiter, taken } = limiterOf(10, 5);
    expect(taken('a', 5)).toBe(5);
    limiter.giveBack('a');
    expect(taken('a', 8)).toBe(1);
    limiter.giveBack('b');
    expect(taken('b', 8)).toBe(5);
  });

  it('a rate limit of 0 allows every request', () => {
    expect(limiterOf(0, 1).taken('a', 100)).toBe(100);
  });

  it('a rate limit remembers an active caller, however many others there are', () => {
    const { taken } = limiterOf(1, 1);
    expect(taken('a', 1)).toBe(1);
    for (let other = 0; other < 25_000; other += 1) {
      taken(`other-${other}`, 1);
      if (other % 5_000 === 0) expect(taken('a', 1)).toBe(0);
    }
  });
});
