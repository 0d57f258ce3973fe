import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';

const many = (attempt: number, retryAfterMs?: number) =>
  Array.from({ length: 1_000 }, () => backoff(attempt, retryAfterMs));

describe('the backoff', () => {
  it('the backoff grows with every attempt, up to five seconds', () => {
    expect(Math.max(...many(1))).toBeLessThanOrEqual(40);
    expect(Math.max(...many(5))).toBeGreaterThan(Math.max(...many(1)));
    expect(Math.max(...many(10_000))).toBeLessThanOrEqual(5_000);
  });

  it('the backoff has jitter, so that clients do not retry together', () => {
    const waits = many(6);
    expect(Math.min(...waits)).toBeLessThan(320);
    expect(Math.max(...waits)).toBeGreaterThan(960);
  });

  it('the backoff is never shorter than the server’s retry-after', () => {
    expect(Math.min(...many(1, 7_000))).toBe(7_000);
    expect(Math.min(...many(10, 300))).toBeGreaterThanOrEqual(300);
  });
});
