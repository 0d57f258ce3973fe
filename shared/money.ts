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
  { decode: (amount) => Math.round(amount * 100), encode: (minor) => minor / 100 },
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

/** The same as it is written where everything is text, in a query or a CSV file: `899.99`. */
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

/** How people read the amount: `2500.00`. */
export function formatted(amount: MinorUnits): string {
  return (amount / 100).toFixed(2);
}

function hasAtMostTwoDecimals(amount: number): boolean {
  return Math.round(amount * 100) / 100 === amount;
}
