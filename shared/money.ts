import { z } from 'zod';

/** An amount in the smallest unit of the shop's currency (cents): an integer, so that sums are exact. */
export const MinorUnits = z
  .int()
  .nonnegative()
  .meta({ description: 'An amount in minor units of the currency (cents)' });
export type MinorUnits = z.infer<typeof MinorUnits>;

/** An amount as people and HTTP write it: a number with at most two decimals (`899.99`); decodes to minor units. */
export const Money = z.codec(
  z
    .number()
    .nonnegative()
    .max(1_000_000_000)
    .refine(hasAtMostTwoDecimals, { error: 'an amount has at most two decimals' })
    .meta({ multipleOf: 0.01 }),
  MinorUnits,
  { decode: (amount) => Math.round(amount * 100) + 0, encode: (minor) => minor / 100 },
);

/** A difference, or what is rounded away, in minor units: it may be less than nothing. */
export const SignedMinorUnits = z.int().meta({ description: 'A difference in minor units of the currency (cents)' });
export type SignedMinorUnits = z.infer<typeof SignedMinorUnits>;

/** A difference as people and HTTP write it: `-0.02`; decodes to minor units. */
export const SignedMoney = z.codec(
  z
    .number()
    .min(-1_000_000_000)
    .max(1_000_000_000)
    .refine(hasAtMostTwoDecimals, { error: 'an amount has at most two decimals' })
    .meta({ multipleOf: 0.01 }),
  SignedMinorUnits,
  { decode: (amount) => Math.round(amount * 100) + 0, encode: (minor) => minor / 100 },
);

/** What an order may come to: so much is exact, in minor units and as a number. */
export const largestTotal: MinorUnits = 1_000_000_000_000_000;

/**
 * What several amounts come to, as clients that add up fractions write it: 0.30000000000000004 is 0.30, since it is less than a
 * millionth of a cent away.
 */
export const Total = z.codec(
  z
    .number()
    .nonnegative()
    .max(largestTotal / 100)
    .refine((amount) => hasAtMostTwoDecimals(amount) || Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6, {
      error: 'an amount has at most two decimals',
    }),
  MinorUnits,
  { decode: (amount) => Math.round(amount * 100), encode: (minor) => minor / 100 },
);

/** What ever so many amounts and differences come to, as answers tell it: `66.78`, `-0.02`. */
export const SignedTotal = z.codec(z.number().meta({ multipleOf: 0.01 }), SignedMinorUnits, {
  decode: (amount) => Math.round(amount * 100) + 0,
  encode: (minor) => minor / 100,
});

/** An amount as it is written where everything is text, in a query or a CSV file: `899.99`. */
export const MoneyText = z
  .string()
  .regex(/^\d{1,10}(\.\d{1,2})?$/, { error: 'is no amount: write it as 899.99', abort: true })
  .transform(Number)
  .pipe(Money);

/** The price of `quantity` pieces. */
export function times(price: MinorUnits, quantity: number): MinorUnits {
  return price * quantity;
}

/** The total of some amounts. */
export function sum(amounts: readonly MinorUnits[]): MinorUnits {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/**
 * `n` of `d` parts of a total, rounded half up to a minor unit: the one rule for everything that divides money. Half up is
 * towards the greater number, also below nothing: half of -1 is 0.
 *
 * @example
 * part(999, 19, 119); // 160: the tax of 19 % within 9.99
 *
 * @throws RangeError when a number is not an integer that is exact, when there are no parts, or when the result is not exact.
 */
export function part(total: SignedMinorUnits, n: number, d: number): SignedMinorUnits {
  const inexact = [total, n, d].find((number) => !Number.isSafeInteger(number));
  if (inexact !== undefined) throw new RangeError(`${inexact} is no exact integer, so no part can be told`);
  if (d <= 0) throw new RangeError(`nothing can be divided into ${d} parts`);
  const [numerator, denominator] = [2n * BigInt(total) * BigInt(n) + BigInt(d), 2n * BigInt(d)];
  const towardsNothing = numerator / denominator;
  const isBelow = numerator < 0n && numerator % denominator !== 0n;
  const rounded = Number(isBelow ? towardsNothing - 1n : towardsNothing);
  if (!Number.isSafeInteger(rounded)) throw new RangeError(`${n}/${d} of ${total} is too much to be exact`);
  return rounded;
}

/**
 * What the next `n` of `d` parts of a total come to when `before` of them have gone out: rounded cumulatively, so that pieces add
 * up to the whole, in whatever sizes they go.
 *
 * @example
 * [0, 1, 2].map((before) => nextPart(1000, { before, n: 1, d: 3 })); // [333, 334, 333]
 *
 * @throws RangeError as `part` does.
 */
export function nextPart(
  total: SignedMinorUnits,
  { before, n, d }: { readonly before: number; readonly n: number; readonly d: number },
): SignedMinorUnits {
  return part(total, before + n, d) - part(total, before, d);
}

/**
 * A total by weights, each piece rounded cumulatively: they add up to the whole.
 *
 * @example
 * split(1000, [1, 1, 1]); // [333, 334, 333]
 *
 * @throws RangeError as `part` does, also where the weights come to nothing.
 */
export function split(total: SignedMinorUnits, weights: readonly number[]): readonly SignedMinorUnits[] {
  const d = weights.reduce((all, weight) => all + weight, 0);
  if (d === 0)
    throw new RangeError(`weights that come to nothing divide nothing: ${weights.join(', ') || 'there are none'}`);
  let before = 0;
  return weights.map((n) => {
    const piece = nextPart(total, { before, n, d });
    before += n;
    return piece;
  });
}

/** How people read the amount: `2500.00`. */
export function formatted(amount: MinorUnits): string {
  return (amount / 100).toFixed(2);
}

function hasAtMostTwoDecimals(amount: number): boolean {
  return Math.round(amount * 100) / 100 === amount;
}
