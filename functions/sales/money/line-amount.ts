import type { MinorUnits } from '../../../shared/money.ts';
import { times } from '../../../shared/money.ts';

/** What a line of a sale is made of. */
export interface LinePrice {
  readonly quantity: number;
  readonly unitPrice: MinorUnits;
  /** Money off the whole line, at most what it comes to. */
  readonly discount: MinorUnits;
}

/** What a line comes to, its tax included. */
export function lineAmount({ quantity, unitPrice, discount }: LinePrice): MinorUnits {
  return times(unitPrice, quantity) - discount;
}
