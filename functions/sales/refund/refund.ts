import { isDeepStrictEqual } from 'node:util';
import type { Payment } from '../../../shared/events/contracts/pos-transaction.ts';
import { type RefundedLine, SaleRefunded } from '../../../shared/events/contracts/sales.ts';
import { reject, rejectContent } from '../../../shared/model/rejection.ts';
import { formatted, type MinorUnits, sum } from '../../../shared/money.ts';
import { exactly, leftToRefund } from '../money/left-to-refund.ts';
import { refundOf } from '../money/refund-pieces.ts';
import { settle } from '../money/settlement.ts';
import { refundedTaxes } from '../money/taxes.ts';
import type { Refund, SaleState, SoldLine } from '../sale/sale.ts';
import type { RefundBooking } from '../session/journal.ts';

/** What is to come back, as a till says it. */
export interface SaidRefund {
  readonly refundId: string;
  readonly sessionId: string;
  readonly lines: readonly Omit<RefundedLine, 'amount'>[];
  readonly payments: readonly Payment[];
  readonly reasonCode: string;
}

interface Terms {
  readonly smallestCoin: MinorUnits;
  /** Managers pay out as they see fit. */
  readonly isAnyMethodRight: boolean;
  readonly by: string;
  readonly at: string;
}

/**
 * The refund of that id, where it has been made: it is final, and made once.
 *
 * @throws Rejection sale-reused where that id was another refund's.
 */
export function madeAlready(sale: SaleState, said: SaidRefund): Refund | undefined {
  const made = sale.refunds.find(({ refundId }) => refundId === said.refundId);
  if (made !== undefined && !isSame(made, said))
    throw reject('sale-reused', `the refund ${said.refundId} of the sale was another one`);
  return made;
}

/**
 * Takes pieces of a sale back. What goes back for them, and its tax, is told by all that have come back of it: together it is what
 * was paid, to the cent.
 *
 * @throws Rejection illegal-transition, unknown-line, refund-exceeds-sale, payment-mismatch, refund-method
 */
export function refund(sale: SaleState, said: SaidRefund, { smallestCoin, isAnyMethodRight, by, at }: Terms) {
  const { shopId, saleId, status } = sale;
  if (status !== 'completed') throw reject('illegal-transition', `the sale is ${status}: nothing of it can come back`);
  const lines = said.lines.map((wanted) => broughtBack(sale, wanted));
  const amount = sum(lines.map((line) => line.amount));
  const { rounding } = settle(amount, said.payments, smallestCoin);
  if (!isAnyMethodRight) refuseOtherMethods(sale, { total: amount, payments: said.payments });
  const taxed = lines.map((line) => ({ amount: line.amount, taxRate: lineOf(sale, line.line).taxRate }));
  const taxesBefore = sale.refunds.flatMap(({ taxes }) => taxes);
  const isFull = sale.lines.every(({ line, quantity, refunded }) => refunded + piecesOf(said, line) === quantity);
  return SaleRefunded({
    shopId,
    saleId,
    refundId: said.refundId,
    sessionId: said.sessionId,
    lines,
    amount,
    rounding,
    tax: [...refundedTaxes(taxesBefore, taxed)],
    payments: [...said.payments],
    isFull,
    reasonCode: said.reasonCode,
    by,
    at,
  });
}

/** What a refund takes out of the session that it is paid from; its goods are there again, unless nobody can buy them. */
export function bookingOf(sale: SaleState, refunded: ReturnType<typeof refund>): RefundBooking {
  const { saleId, refundId, amount: total, rounding, tax, payments, at } = refunded.data;
  const goods = refunded.data.lines.map(({ line, quantity, restock }) => ({
    itemId: lineOf(sale, line).itemId,
    quantity,
    restock,
  }));
  return { saleId, refundId, customerId: sale.customerId, total, rounding, tax, payments, lines: goods, at };
}

function broughtBack(sale: SaleState, { line: number, quantity, restock }: SaidRefund['lines'][number]): RefundedLine {
  const line = lineOf(sale, number);
  const left = line.quantity - line.refunded;
  if (quantity > left)
    throw reject(
      'refund-exceeds-sale',
      `of line ${number} ${left} of ${line.quantity} pieces are left, not ${quantity}`,
    );
  return { line: number, quantity, amount: refundOf(line, quantity), restock };
}

function lineOf({ lines }: SaleState, number: number): SoldLine {
  const line = lines.find((one) => one.line === number);
  if (line === undefined)
    throw rejectContent('unknown-line', `the sale has ${lines.length} lines, and no line ${number}`);
  return line;
}

function piecesOf({ lines }: SaidRefund, line: number): number {
  return lines.find((one) => one.line === line)?.quantity ?? 0;
}

function refuseOtherMethods(
  sale: SaleState,
  back: { readonly total: MinorUnits; readonly payments: readonly Payment[] },
): void {
  for (const method of new Set(back.payments.map((payment) => payment.method))) {
    const wasUsed = sale.payments.some((payment) => payment.method === method);
    const left = leftToRefund(sale, sale.refunds, method);
    if (!wasUsed || exactly(back, method) > left)
      throw rejectContent('refund-method', `of what was paid by ${method}, ${formatted(left)} can go back, not more`);
  }
}

function isSame(made: Refund, { sessionId, lines, payments, reasonCode }: SaidRefund): boolean {
  const madeLines = made.lines.map(({ amount: _, ...line }) => line);
  return isDeepStrictEqual(
    { sessionId, lines: sorted(lines), payments: [...payments], reasonCode },
    { sessionId: made.sessionId, lines: sorted(madeLines), payments: made.payments, reasonCode: made.reasonCode },
  );
}

function sorted<Line extends { readonly line: number }>(lines: readonly Line[]): readonly Line[] {
  return lines.toSorted((one, other) => one.line - other.line);
}
