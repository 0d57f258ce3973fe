import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatted, Money, MoneyText, sum, times } from './money.ts';

const minorUnits = fc.integer({ min: 0, max: 100_000_000_000 });

describe('an amount on the wire', () => {
  it('comes back as it went out, whatever it is', () => {
    fc.assert(
      fc.property(minorUnits, (minor) => {
        expect(z.decode(Money, z.encode(Money, minor))).toBe(minor);
      }),
    );
  });

  it('has at most two decimals as text', () => {
    fc.assert(
      fc.property(minorUnits, (minor) => {
        expect(String(z.encode(Money, minor))).toMatch(/^\d+(\.\d{1,2})?$/);
      }),
    );
  });

  it.each([0.001, 10.005, 899.999, 10.000000001])('is refused with more than two decimals: %d', (amount) => {
    expect(z.safeDecode(Money, amount).error?.issues[0]?.message).toBe('an amount has at most two decimals');
  });

  it.each([
    -0.01,
    1_000_000_000.01,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('is refused where no price can be: %d', (amount) => {
    expect(z.safeDecode(Money, amount).success).toBe(false);
  });
});

describe('an amount inside', () => {
  it('adds up exactly, where decimals would not', () => {
    expect(sum([10, 20])).toBe(30);
    expect(times(z.decode(Money, 0.1), 3)).toBe(z.decode(Money, 0.3));
  });

  it('reads with two decimals', () => {
    expect([0, 5, 250_000].map(formatted)).toEqual(['0.00', '0.05', '2500.00']);
  });
});

describe('an amount in a text', () => {
  it.each([
    ['0', 0],
    ['12', 1_200],
    ['899.99', 89_999],
    ['0.5', 50],
    ['1000000000', 100_000_000_000],
  ])('%s', (text, minor) => {
    expect(z.decode(MoneyText, text)).toBe(minor);
  });

  it.each(['', ' 1', '1,50', '1.234', '-1', '1e3', '0x10', 'NaN', '1000000000.01'])('%j is none', (text) => {
    expect(z.safeDecode(MoneyText, text).success).toBe(false);
  });
});
