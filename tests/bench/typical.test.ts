import { describe, expect, it } from 'vitest';
import { nearestRank, typical } from '../../bench/typical.ts';

describe('the typical value of several turns', () => {
  it('a typical value is the median, which a single disturbed turn hardly moves', () => {
    expect(typical([5, 1, 3, 2, 4]).value).toBe(3);
    expect(typical([4, 1, 3, 2]).value).toBe(2.5);
    expect(typical([1, 2, 3, 4, 1_000]).value).toBe(3);
  });

  it('the noise of a value shrinks as its turns come closer and as there are more of them', () => {
    expect(typical([0.8, 0.8, 0.8]).noise).toBe(0);
    expect(typical([1, 2, 3, 4, 5]).noise).toBeCloseTo((1.57 * 2) / Math.sqrt(5));
    expect(typical([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]).noise).toBeLessThan(typical([1, 2, 3, 4, 5]).noise);
  });

  it('the typical value of no turns is NaN', () => {
    expect(typical([])).toEqual({ value: Number.NaN, noise: Number.NaN });
  });
});

describe('quantiles by the nearest rank', () => {
  it('a quantile by the nearest rank is one of the values', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([0.5, 0.99, 1].map((share) => nearestRank(hundred, share))).toEqual([50, 99, 100]);
    expect(nearestRank([], 0.5)).toBeNaN();
  });
});
