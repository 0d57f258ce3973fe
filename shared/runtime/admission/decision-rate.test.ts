import { describe, expect, it } from 'vitest';
import { DecisionRate } from './decision-rate.ts';

/** So many decisions in each half of a second, each of which had waited for so long. */
function decide(rate: DecisionRate, from: number, windows: number, each: { many: number; waitedMs: number }) {
  for (let window = 0; window < windows; window += 1)
    for (let n = 0; n < each.many; n += 1) rate.decided(each.waitedMs, from + window * 500 + (n * 500) / each.many);
  return from + windows * 500;
}

describe('the rate of decisions', () => {
  it('nothing is known of a rate while what is decided hardly waits', () => {
    const rate = new DecisionRate(100);
    const end = decide(rate, 0, 10, { many: 500, waitedMs: 40 });
    expect(rate.perSecond(end)).toBeUndefined();
    expect(rate.meanWaitMs).toBe(40);
  });

  it('nothing is known of a rate while decisions are slow and few wait for them', () => {
    const rate = new DecisionRate(100);
    const end = decide(rate, 0, 10, { many: 5, waitedMs: 1_000 });
    expect(rate.perSecond(end)).toBeUndefined();
  });

  it('what is decided while things have waited for two seconds is the rate', () => {
    const rate = new DecisionRate(100);
    const early = decide(rate, 0, 3, { many: 50, waitedMs: 500 });
    expect(rate.perSecond(early)).toBeUndefined();
    const end = decide(rate, early, 1, { many: 50, waitedMs: 500 });
    expect(rate.perSecond(end)).toBeCloseTo(100);
  });

  it('what is decided while others are held back is the rate, also where what waits hardly waits by what it may', () => {
    const rate = new DecisionRate(5_000);
    let at = 0;
    for (let n = 0; n < 4; n += 1) {
      rate.heldBack(at);
      at = decide(rate, at, 1, { many: 100, waitedMs: 700 });
    }
    expect(rate.perSecond(at)).toBeCloseTo(200);
  });

  it('a moment with many, and another one later, are no backlog', () => {
    const rate = new DecisionRate(100);
    let at = 0;
    for (let n = 0; n < 5; n += 1) {
      at = decide(rate, at, 3, { many: 50, waitedMs: 500 });
      at = decide(rate, at, 1, { many: 5, waitedMs: 10 });
    }
    expect(rate.perSecond(at)).toBeUndefined();
  });

  it('a rate that falls is followed within seconds', () => {
    const rate = new DecisionRate(100);
    const before = decide(rate, 0, 4, { many: 100, waitedMs: 100 });
    const after = decide(rate, before, 8, { many: 20, waitedMs: 300 });
    expect(rate.perSecond(after)).toBeLessThan(60);
  });

  it('a rate that holds others back although nothing waits grows, at most to the double of what is decided', () => {
    const rate = new DecisionRate(100);
    const before = decide(rate, 0, 4, { many: 10, waitedMs: 1_000 });
    expect(rate.perSecond(before)).toBeCloseTo(20);
    rate.heldBack(before);
    const after = decide(rate, before, 1, { many: 12, waitedMs: 10 });
    expect(rate.perSecond(after)).toBeCloseTo(48);
    rate.heldBack(after);
    expect(rate.perSecond(decide(rate, after, 1, { many: 12, waitedMs: 10 }))).toBeCloseTo(48);
  });

  it('a rate is not taken for lower where there was less to decide, or nothing', () => {
    const rate = new DecisionRate(100);
    const before = decide(rate, 0, 4, { many: 100, waitedMs: 100 });
    const after = decide(rate, before, 20, { many: 1, waitedMs: 10 });
    decide(rate, after + 30_000, 1, { many: 1, waitedMs: 500 });
    expect(rate.perSecond(after + 40_000)).toBeCloseTo(200);
  });

  it('a rate is believed for five minutes', () => {
    const rate = new DecisionRate(100);
    const end = decide(rate, 0, 4, { many: 100, waitedMs: 100 });
    expect(rate.perSecond(end)).toBeCloseTo(200);
    expect(rate.perSecond(end + 290_000)).toBeCloseTo(200);
    expect(rate.perSecond(end + 310_000)).toBeUndefined();
  });
});
