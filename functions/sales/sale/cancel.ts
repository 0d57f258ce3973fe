import { SaleCancelled } from '../../../shared/events/contracts/sales.ts';
import { reject } from '../../../shared/model/rejection.ts';
import { lineAmount } from '../money/line-amount.ts';
import { taxesOf } from '../money/taxes.ts';
import type { Booking } from '../session/journal.ts';
import type { SaleState } from './sale.ts';

interface Cancelling {
  readonly reasonCode: string;
  readonly by: string;
  readonly at: string;
}

/**
 * Gives a parked sale up, or takes one that was paid back as if it had not been; again, nothing.
 *
 * @throws Rejection illegal-transition where something of it has come back already.
 */
export function cancel(sale: SaleState, { reasonCode, by, at }: Cancelling) {
  const { shopId, saleId, sessionId, status, refunds } = sale;
  if (status === 'cancelled' || status === 'voided') return [];
  if (refunds.length > 0)
    throw reject('illegal-transition', `some of the sale ${saleId} has come back already: refund the rest of it`);
  return [SaleCancelled({ shopId, saleId, sessionId, was: status, reasonCode, by, at })];
}

/**
 * Whether a sale that is cancelled, and turns out to have been paid, was voided by that: whoever says now that it was paid has
 * cancelled it, and nobody pays what they have cancelled, so that the two come in the wrong order. What somebody else has cancelled
 * has been sold all the same.
 */
export function isVoidedBy({ status, cancelled }: SaleState, actor: string): boolean {
  return status === 'cancelled' && cancelled?.by === actor;
}

/** What a sale that is voided takes back out of its session: all that it brought, and its goods are there again. */
export function voiding({ saleId, customerId, total, rounding, payments, lines }: SaleState, at: string): Booking {
  return {
    saleId,
    customerId,
    total,
    rounding,
    tax: taxesOf(lines.map((line) => ({ taxRate: line.taxRate, amount: lineAmount(line) }))),
    payments,
    lines: lines.map(({ itemId, quantity }) => ({ itemId, quantity, restock: true })),
    at,
  };
}
