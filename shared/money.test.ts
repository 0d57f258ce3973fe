import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatted, Money, MoneyText, nextPart, part, SignedMoney, SignedTotal, split, sum, times } from './money.ts';

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

describe('differences in JSON', () => {
  it('a difference survives a round trip through JSON, whichever its sign', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }), (minor) => {
        expect(z.decode(SignedMoney, z.encode(SignedMoney, minor))).toBe(minor);
      }),
    );
  });

  it('a difference that is nothing is 0, not -0', () => {
    for (const schema of [SignedMoney, Money]) expect(Object.is(z.decode(schema, -0), 0)).toBe(true);
  });

  it('what differences come to survives a round trip through JSON, beyond a billion too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_000_000, max: 1_000_000_000_000_000 }), (minor) => {
        expect(z.decode(SignedTotal, z.encode(SignedTotal, minor))).toBe(minor);
      }),
    );
  });

  it.each([
    0.001, -0.005, 1_000_000_000.01, -1_000_000_000.01,
  ])('a difference with more than two decimals or beyond a billion is refused: %d', (amount) => {
    expect(z.safeDecode(SignedMoney, amount).success).toBe(false);
  });
});

describe('parts of an amount', () => {
  const total = fc.integer({ min: -1_000_000_000_000_000, max: 1_000_000_000_000_000 });
  const divisor = fc.integer({ min: 1, max: 1_000_000 });

  it.each([
    [999, 1900, 11_900, 160],
    [250, 700, 10_700, 16],
    [1, 1, 2, 1],
    [-1, 1, 2, 0],
    [-3, 1, 2, -1],
    [5, 0, 3, 0],
    [2_500_00, 17, 30, 141_667],
  ])('of %d minor units %d/%d are %d', (amount, n, d, expected) => {
    expect(part(amount, n, d)).toBe(expected);
  });

  it('a part is less than half a minor unit above the exact one, and at most half a one below', () => {
    fc.assert(
      fc.property(total, divisor, divisor, (amount, n, d) => {
        fc.pre(Number.isSafeInteger(Math.ceil((Math.abs(amount) / d) * n)));
        const above = 2n * (BigInt(part(amount, n, d)) * BigInt(d) - BigInt(amount) * BigInt(n));
        expect(above <= BigInt(d) && above > -BigInt(d)).toBe(true);
      }),
    );
  });

  it('a part is exact where floating point would not be', () => {
    expect(part(999_999_999_999_999, 999_999, 1_000_000)).toBe(999_998_999_999_999);
  });

  it('pieces that go out one by one add up to the whole, in whatever sizes they go', () => {
    fc.assert(
      fc.property(
        total,
        fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 50 }),
        (amount, sizes) => {
          const d = sum(sizes);
          fc.pre(d > 0);
          let before = 0;
          const pieces = sizes.map((n) => {
            const piece = nextPart(amount, { before, n, d });
            before += n;
            return piece;
          });
          expect(sum(pieces)).toBe(amount);
          expect(split(amount, sizes)).toEqual(pieces);
        },
      ),
    );
  });

  it('no piece is further than a minor unit from its exact part', () => {
    fc.assert(
      fc.property(
        total,
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 20 }),
        (amount, sizes) => {
          const d = BigInt(sum(sizes));
          for (const [index, piece] of split(amount, sizes).entries()) {
            const off = BigInt(piece) * d - BigInt(amount) * BigInt(sizes[index] ?? 0);
            expect(off < d && off > -d).toBe(true);
          }
        },
      ),
    );
  });

  it('ten euros among three are 3.33, 3.34 and 3.33', () => {
    expect(split(1000, [1, 1, 1])).toEqual([333, 334, 333]);
  });

  it.each([
    [0.5, 1, 2, '0.5 is no exact integer'],
    [2 ** 53, 1, 2, '9007199254740992 is no exact integer'],
    [1, 1, 0, 'nothing can be divided into 0 parts'],
    [1, 1, -2, 'nothing can be divided into -2 parts'],
    [1_000_000_000_000_000, 1_000_000, 1, 'too much to be exact'],
  ])('what cannot be exact is refused: %d by %d/%d', (amount, n, d, message) => {
    expect(() => part(amount, n, d)).toThrow(message);
  });

  it.each([[[]], [[0, 0]]])('an amount is not split by weights that come to nothing: %j', (weights) => {
    expect(() => split(1000, weights)).toThrow('weights that come to nothing divide nothing');
  });
});
