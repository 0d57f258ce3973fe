import type { SaleFlag, SaleLine, TaxHistory } from '../../../shared/events/contracts/sales.ts';
import type { LocalDate } from '../../../shared/local-date.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
import { lastRateOf, rateOn } from '../shop/tax-rates.ts';

/** What the tax of a line is looked up in: its shop. */
interface Taxing {
  readonly taxRates: readonly TaxHistory[];
  readonly defaultTax: string;
}

interface Grounds {
  /** The local day on which it was sold. */
  readonly day: LocalDate;
  /** The tax under which it was rung up when the sale was parked: it stays, where none is named. */
  readonly parked: Pick<SaleLine, 'tax' | 'taxRate'> | undefined;
  /** It was sold without the network: what differs is told, not refused. */
  readonly hasHappened: boolean;
}

interface TaxOfLine {
  readonly tax: string | undefined;
  readonly taxRate: number;
  readonly flags: readonly SaleFlag[];
}

/**
 * The rate of a line by the name that its shop has for it. What has happened under a name that the shop has not, or not any more,
 * bears what that was last, else what the default does.
 *
 * @throws Rejection unknown-tax where the shop has none of that name then.
 */
export function taxOfLine(shop: Taxing, tax: string | undefined, { day, parked, hasHappened }: Grounds): TaxOfLine {
  if (tax === undefined && parked !== undefined) return { tax: parked.tax, taxRate: parked.taxRate, flags: [] };
  const { taxRates, defaultTax } = shop;
  const name = tax ?? defaultTax;
  const rate = rateOn(taxRates, name, day);
  if (rate !== undefined) return { tax: name, taxRate: rate, flags: [] };
  const instead = lastRateOf(taxRates, name) ?? rateOn(taxRates, defaultTax, day) ?? lastRateOf(taxRates, defaultTax);
  if (!hasHappened || instead === undefined)
    throw rejectContent('unknown-tax', `the shop has no tax ${name} on ${day}`);
  return { tax: name, taxRate: instead, flags: ['tax'] };
}
