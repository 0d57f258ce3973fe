import type { TaxAmount } from '../../../shared/events/contracts/pos-transaction.ts';
import { type MinorUnits, part, sum } from '../../../shared/money.ts';

/** Money that bears tax of a rate, in hundredths of a percent; prices include it. */
interface Taxed {
  readonly taxRate: number;
  readonly amount: MinorUnits;
}

const whole = 10_000;

/** The tax within what was paid for all that bears it. */
export function taxWithin(gross: MinorUnits, rate: number): MinorUnits {
  return part(gross, rate, whole + rate);
}

/**
 * The tax of each rate, the highest first, computed once from all that bears it: a total stays what the labels say, and does not
 * hang on how lines are rounded.
 */
export function taxesOf(lines: readonly Taxed[]): readonly TaxAmount[] {
  return grossByRate(lines).map(({ rate, gross }) => ({ rate, gross, tax: taxWithin(gross, rate) }));
}

/**
 * The tax of a refund, each rate of it: what all refunds of the rate come to with it, less what those before it came to. So the
 * tax that goes back is that of the sale when all of it has.
 */
export function refundedTaxes(before: readonly TaxAmount[], lines: readonly Taxed[]): readonly TaxAmount[] {
  return grossByRate(lines).map(({ rate, gross }) => {
    const earlier = before.filter((one) => one.rate === rate);
    const [grossBefore, taxBefore] = [sum(earlier.map((one) => one.gross)), sum(earlier.map((one) => one.tax))];
    return { rate, gross, tax: taxWithin(grossBefore + gross, rate) - taxBefore };
  });
}

/** What is left of a total when the tax is taken off. */
export function netOf(total: MinorUnits, taxes: readonly TaxAmount[]): MinorUnits {
  return total - sum(taxes.map(({ tax }) => tax));
}

function grossByRate(lines: readonly Taxed[]): readonly Pick<TaxAmount, 'rate' | 'gross'>[] {
  return [...Map.groupBy(lines, ({ taxRate }) => taxRate)]
    .map(([rate, ofRate]) => ({ rate, gross: sum(ofRate.map(({ amount }) => amount)) }))
    .toSorted((one, other) => other.rate - one.rate);
}
