import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatted, Money, MoneyText, sum, times } from './money.ts';

const minorUnits = fc.integer({ min: 0, max: 100_000_000_000 });

describe('money in JSON', () => {
  it('an amount survives a round trip through JSON', () => {
    fc.assert(
      fc.property(minorUnits, (minor) => {
        expect(z.decode(Money, z.encode(Money, minor))).toBe(minor);
      }),
    );
  });

  it('an amount in JSON has at most two decimals', () => {
    fc.assert(
      fc.property(minorUnits, (minor) => {
        expect(String(z.encode(Money, minor))).toMatch(/^\d+(\.\d{1,2})?$/);
      }),
    );
  });

  it.each([
    0.001, 10.005, 899.999, 10.000000001,
  ])('an amount in JSON with more than two decimals is refused: %d', (amount) => {
    expect(z.safeDecode(Money, amount).error?.issues[0]?.message).toBe('an amount has at most two decimals');
  });

  it.each([
    -0.01,
    1_000_000_000.01,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('an amount in JSON outside the range of prices is refused: %d', (amount) => {
    expect(z.safeDecode(Money, amount).success).toBe(false);
  });
});

describe('money in calculations', () => {
  it('amounts add up exactly, where decimal fractions would not', () => {
    expect(sum([10, 20])).toBe(30);
    expect(times(z.decode(Money, 0.1), 3)).toBe(z.decode(Money, 0.3));
  });

  it('an amount is formatted with two decimals', () => {
    expect([0, 5, 250_000].map(formatted)).toEqual(['0.00', '0.05', '2500.00']);
  });
});

describe('money in text', () => {
  it.each([
    ['0', 0],
    ['12', 1_200],
    ['899.99', 89_999],
    ['0.5', 50],
    ['1000000000', 100_000_000_000],
  ])('the text %s is read as %d minor units', (text, minor) => {
    expect(z.decode(MoneyText, text)).toBe(minor);
  });

  it.each([
    '',
    ' 1',
    '1,50',
    '1.234',
    '-1',
    '1e3',
    '0x10',
    'NaN',
    '1000000000.01',
  ])('the text %j is refused as an amount', (text) => {
    expect(z.safeDecode(MoneyText, text).success).toBe(false);
  });
});
