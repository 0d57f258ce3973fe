import type { SaleFlag } from '../../../shared/events/contracts/sales.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
import { formatted, type MinorUnits } from '../../../shared/money.ts';
import { priceAt, type SalesPrice } from '../prices/price.ts';

/** A line as a till sends it: its price is the one it was sold at, or is left to us. */
interface WantedLine {
  readonly itemId: string;
  readonly unitPrice?: MinorUnits | undefined;
}

/** What a price is judged by. */
interface Grounds {
  /** What the catalog has told of the item. */
  readonly known: SalesPrice | undefined;
  /** At what it was rung up when the sale was parked: that stays right. */
  readonly parked: MinorUnits | undefined;
  readonly soldAt: string;
  /** Managers sell at any price. */
  readonly isAnyPriceRight: boolean;
  /** It was sold without the network: what differs is told, not refused. */
  readonly hasHappened: boolean;
}

interface PriceOfLine {
  readonly unitPrice: MinorUnits;
  readonly flags: readonly SaleFlag[];
}

/**
 * What a line is sold at: the price that held when it was sold, where none is named.
 *
 * @throws Rejection unknown-item, item-archived, price-mismatch, unless it has happened: then what differs is flagged. Of an item
 *   that is not known a price has to be named all the same.
 */
export function priceOfLine({ itemId, unitPrice }: WantedLine, grounds: Grounds): PriceOfLine {
  const { known, parked, soldAt, isAnyPriceRight, hasHappened } = grounds;
  if (parked !== undefined && (unitPrice ?? parked) === parked) return { unitPrice: parked, flags: [] };
  if (known === undefined) {
    if (!hasHappened || unitPrice === undefined) throw rejectContent('unknown-item', `there is no item ${itemId}`);
    return { unitPrice, flags: ['price'] };
  }
  if (!known.isSold && !hasHappened) throw rejectContent('item-archived', `the item ${itemId} is not sold any more`);
  const right = priceAt(known, soldAt);
  const sold = unitPrice ?? right;
  const isRight = isAnyPriceRight || sold === right;
  if (!isRight && !hasHappened)
    throw rejectContent('price-mismatch', `the price of ${itemId} was ${formatted(right)}, not ${formatted(sold)}`);
  return {
    unitPrice: sold,
    flags: [...(isRight ? [] : (['price'] as const)), ...(known.isSold ? [] : (['archived'] as const))],
  };
}
