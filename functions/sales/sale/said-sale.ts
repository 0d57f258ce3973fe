import { isDeepStrictEqual } from 'node:util';
import type { Payment } from '../../../shared/events/contracts/pos-transaction.ts';
import type { MinorUnits } from '../../../shared/money.ts';
import type { Tender } from '../money/settlement.ts';
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

/** What a sale is compared by, as a till has to mean it. */
export interface Meaning {
  /** Whether this session is meant by the one that is named. */
  readonly isSession: (sessionId: string) => boolean;
  /** The rate by the name of a tax; nothing where that cannot be told any more. */
  readonly rateOf: (tax: string) => number | undefined;
}

/**
 * Whether a till says what is known of a sale: what it leaves out it leaves to us, and that was found when it said so first. Whether
 * it was away, and which change it is, is no part of what is sold.
 */
export function saysTheSame(sale: SaleState, said: SaidSale, meaning: Meaning): boolean {
  return (
    meaning.isSession(said.sessionId) &&
    said.customerId === sale.customerId &&
    isSameOrLeftOut(said.soldAt, sale.soldAt) &&
    isSameOrLeftOut(said.totalAmount, sale.total) &&
    said.lines.length === sale.lines.length &&
    sale.lines.every((line, index) => isSameLine(line, said.lines[index], meaning)) &&
    (said.payments === undefined || isPaidSo(sale, said.payments))
  );
}

function isSameLine(line: SoldLine, said: SaidLine | undefined, { rateOf }: Meaning): boolean {
  return (
    said !== undefined &&
    said.itemId === line.itemId &&
    said.quantity === line.quantity &&
    isSameOrLeftOut(said.unitPrice, line.unitPrice) &&
    (said.discount ?? 0) === line.discount &&
    isSameOrLeftOut(said.tax === undefined ? undefined : rateOf(said.tax), line.taxRate)
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
