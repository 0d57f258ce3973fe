import { SaleFlag, type SaleLine, type TaxHistory } from '../../../shared/events/contracts/sales.ts';
import { localDateOf } from '../../../shared/local-date.ts';
import { Rejection, rejectContent } from '../../../shared/model/rejection.ts';
import { formatted, largestTotal, type MinorUnits, sum } from '../../../shared/money.ts';
import { lineAmount } from '../money/line-amount.ts';
import type { SalesPrice } from '../prices/price.ts';
import { priceOfLine } from './price-of-line.ts';
import type { SaidSale } from './said-sale.ts';
import { taxOfLine } from './tax-of-line.ts';

/** What the lines of a sale are judged by. */
export interface Grounds {
  readonly shop: { readonly taxRates: readonly TaxHistory[]; readonly defaultTax: string; readonly timeZone: string };
  /** What the catalog has told of an item. */
  readonly priceOf: (itemId: string) => SalesPrice | undefined;
  /** The lines as they were when the sale was parked: an item keeps its price and its tax. */
  readonly parked: readonly SaleLine[];
  readonly soldAt: string;
  readonly isAnyPriceRight: boolean;
}

/** The lines of a sale, and in what they differ from what is known. */
export interface PricedLines {
  readonly lines: SaleLine[];
  readonly total: MinorUnits;
  readonly flags: SaleFlag[];
}

/**
 * The lines of a sale at their prices and taxes. One that was made without the network, and paid, has happened: what differs is
 * flagged. That it has to add up is the same for all.
 *
 * @throws Rejection unknown-item, item-archived, price-mismatch, unknown-tax, invalid-body where a discount is more than its line,
 *   total-too-large, total-mismatch
 */
export function linesOfSale(said: SaidSale, grounds: Grounds): PricedLines {
  const { shop, priceOf, parked, soldAt, isAnyPriceRight } = grounds;
  const hasHappened = said.offline && said.payments !== undefined;
  const day = localDateOf(soldAt, shop.timeZone);
  const judged = said.lines.map(({ itemId, quantity, unitPrice, discount = 0, tax }, index) => {
    const before = parked.find((line) => line.itemId === itemId);
    const known = priceOf(itemId);
    const price = priceOfLine(
      { itemId, unitPrice },
      { known, parked: before?.unitPrice, soldAt, isAnyPriceRight, hasHappened },
    );
    const { flags, ...taxed } = taxOfLine(shop, tax, { day, parked: before, hasHappened });
    const line = { line: index + 1, itemId, quantity, unitPrice: price.unitPrice, discount, ...taxed };
    if (lineAmount(line) < 0) throw discountTooLarge(index, lineAmount({ ...line, discount: 0 }));
    return { line, flags: [...price.flags, ...flags] };
  });
  const lines = judged.map(({ line }) => line);
  const total = sum(lines.map(lineAmount));
  refuseOtherTotal(total, said.totalAmount);
  const flagged = new Set(judged.flatMap(({ flags }) => flags));
  return { lines, total, flags: SaleFlag.options.filter((flag) => flagged.has(flag)) };
}

function discountTooLarge(index: number, most: MinorUnits): Rejection {
  const message = `is more than the line, which comes to ${formatted(most)}`;
  const path = `lines.${index}.discount`;
  return new Rejection('invalid-body', `${path} ${message}`, 'content', { errors: [{ path, message }] });
}

function refuseOtherTotal(total: MinorUnits, expected: MinorUnits | undefined): void {
  if (total > largestTotal)
    throw rejectContent(
      'total-too-large',
      `the lines come to ${formatted(total)}, and a sale to at most ${formatted(largestTotal)}`,
    );
  if (expected !== undefined && expected !== total)
    throw rejectContent('total-mismatch', `the lines come to ${formatted(total)}, not ${formatted(expected)}`);
}
