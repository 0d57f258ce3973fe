import { type MinorUnits, nextPart } from '../../../shared/money.ts';
import { type LinePrice, lineAmount } from './line-amount.ts';

/** A line of a sale that pieces go back of. */
interface SoldLine extends LinePrice {
  /** How many pieces have gone back already. */
  readonly refunded: number;
}

/** What goes back for the next pieces of a line: all pieces together bring back what was paid for it, to the cent. */
export function refundOf({ refunded, ...line }: SoldLine, pieces: number): MinorUnits {
  return nextPart(lineAmount(line), { before: refunded, n: pieces, d: line.quantity });
}
