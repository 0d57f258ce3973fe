import { isDeepStrictEqual } from 'node:util';
import type { Payment } from '../../../shared/events/contracts/pos-transaction.ts';
import type { MinorUnits } from '../../../shared/money.ts';
import type { Tender } from '../money/settlement.ts';
import type { IsMeantSession } from './meant-session.ts';
import type { SaleState, SoldLine } from './sale.ts';

/** A line as a till says it; what it leaves out is for us to find. */
export interface SaidLine {
  readonly itemId: string;
  readonly quantity: number;
  readonly unitPrice?: MinorUnits | undefined;
  readonly discount?: MinorUnits | undefined;
  readonly tax?: string | undefined;
}

/** A sale as a till says it. */
export interface SaidSale {
  readonly sessionId: string;
  readonly revision?: number | undefined;
  /** It was made without the network. */
  readonly offline: boolean;
  readonly lines: readonly SaidLine[];
  readonly customerId?: string | undefined;
  readonly soldAt?: string | undefined;
  readonly totalAmount?: MinorUnits | undefined;
  /** Without them the sale is parked. */
  readonly payments?: readonly Tender[] | undefined;
}

/**
 * Whether a till says what is known of a sale: what it leaves out it leaves to us, and that was found when it said so first. Whether
 * it was away, and which change it is, is no part of what is sold. A tax is compared by its name: what its rate is may have changed.
 */
export function saysTheSame(sale: SaleState, said: SaidSale, isMeantSession: IsMeantSession): boolean {
  return (
    isMeantSession(said.sessionId) &&
    said.customerId === sale.customerId &&
    isSameOrLeftOut(said.soldAt, sale.soldAt) &&
    isSameOrLeftOut(said.totalAmount, sale.total) &&
    said.lines.length === sale.lines.length &&
    sale.lines.every((line, index) => isSameLine(line, said.lines[index])) &&
    (said.payments === undefined || isPaidSo(sale, said.payments))
  );
}

function isSameLine(line: SoldLine, said: SaidLine | undefined): boolean {
  return (
    said !== undefined &&
    said.itemId === line.itemId &&
    said.quantity === line.quantity &&
    isSameOrLeftOut(said.unitPrice, line.unitPrice) &&
    (said.discount ?? 0) === line.discount &&
    isSameOrLeftOut(said.tax, line.tax ?? said.tax)
  );
}

function isPaidSo(sale: SaleState, payments: readonly Tender[]): boolean {
  const change = payments.reduce((all, { amount, tendered = amount }) => all + tendered - amount, 0);
  return change === sale.change && isDeepStrictEqual(payments.map(withoutNote), sale.payments);
}

/** A payment as it stays in the till. */
export function withoutNote({ method, amount }: Tender): Payment {
  return { method, amount };
}

function isSameOrLeftOut<T>(said: T | undefined, known: T): boolean {
  return said === undefined || said === known;
}
