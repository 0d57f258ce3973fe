import { isDeepStrictEqual } from 'node:util';
import { SaleCompleted, SaleCreated, type SaleFlag, SaleUpdated } from '../../../shared/events/contracts/sales.ts';
import type { DataOf } from '../../../shared/events/define-event.ts';
import type { MinorUnits } from '../../../shared/money.ts';
import { lineAmount } from '../money/line-amount.ts';
import { type Settlement, settle, type Tender } from '../money/settlement.ts';
import { taxesOf } from '../money/taxes.ts';
import type { Booking } from '../session/journal.ts';
import { withoutNote } from './said-sale.ts';
import type { SaleState } from './sale.ts';

/** A sale as its events tell it. */
export type RungUp = DataOf<typeof SaleCreated>;

/** Rings a sale up, or changes one that is parked. */
export function park(sale: SaleState | undefined, rungUp: RungUp) {
  return sale === undefined ? [SaleCreated(rungUp)] : [SaleUpdated(rungUp)];
}

/** How a sale is paid, and what that brings to the journal of its session. */
export interface SettledSale extends Settlement {
  readonly booking: Booking;
}

/** @throws Rejection payment-mismatch when the payments are not what the sale asks for. */
export function settlementOf(rungUp: RungUp, payments: readonly Tender[], smallestCoin: MinorUnits): SettledSale {
  const { saleId, customerId, lines, total, soldAt: at } = rungUp;
  const settlement = settle(total, payments, smallestCoin);
  const tax = taxesOf(lines.map((line) => ({ taxRate: line.taxRate, amount: lineAmount(line) })));
  const booking = {
    saleId,
    customerId,
    total,
    rounding: settlement.rounding,
    tax,
    payments: payments.map(withoutNote),
    lines: lines.map(({ itemId, quantity }) => ({ itemId, quantity, restock: false })),
    at,
  };
  return { ...settlement, booking };
}

/** A sale is paid: what it is, unless it is parked so, and how it was paid. */
export function complete(
  sale: SaleState | undefined,
  rungUp: RungUp,
  paid: SettledSale & { readonly receiptNumber: string; readonly flags: readonly SaleFlag[] },
) {
  const { shopId, saleId, sessionId, total, soldAt, by } = rungUp;
  const { receiptNumber, flags, change, booking } = paid;
  const { rounding, tax, payments } = booking;
  const isAsParked = sale?.status === 'open' && isDeepStrictEqual(contentOf(sale), contentOf(rungUp));
  return [
    ...(isAsParked ? [] : park(sale, rungUp)),
    SaleCompleted({
      shopId,
      saleId,
      sessionId,
      receiptNumber,
      total,
      rounding,
      tax: [...tax],
      payments: [...payments],
      change,
      flags: [...flags],
      by,
      completedAt: soldAt,
    }),
  ];
}

function contentOf(rungUp: Pick<RungUp, 'sessionId' | 'customerId' | 'lines' | 'revision'>) {
  const { sessionId, customerId, lines, revision } = rungUp;
  const sold = lines.map(({ line, itemId, quantity, unitPrice, discount, tax, taxRate }) => [
    line,
    itemId,
    quantity,
    unitPrice,
    discount,
    tax,
    taxRate,
  ]);
  return { sessionId, customerId, sold, revision };
}
