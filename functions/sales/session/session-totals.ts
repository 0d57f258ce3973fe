import { z } from 'zod';
import type { Payment, PosTransaction } from '../../../shared/events/contracts/pos-transaction.ts';
import { ByMethod } from '../../../shared/events/contracts/sales.ts';
import type { DataOf } from '../../../shared/events/define-event.ts';
import { MinorUnits, SignedMinorUnits, sum } from '../../../shared/money.ts';

type Transaction = DataOf<typeof PosTransaction>;

const Counter = z.object({ count: z.int().nonnegative(), amount: MinorUnits });
export type Counter = z.infer<typeof Counter>;

/** Tax of a rate: of what was sold, without what came back. */
const TaxTotal = z.object({ rate: z.int().nonnegative(), gross: SignedMinorUnits, tax: SignedMinorUnits });
export type TaxTotal = z.infer<typeof TaxTotal>;

/** What the transactions of a session come to, or those of several. */
export const SessionTotals = z.object({
  /** What was sold, before cash was rounded; what was voided later is among it. */
  sales: Counter,
  refunds: Counter,
  voids: Counter,
  paidIn: Counter,
  paidOut: Counter,
  /** By rate, the highest first. */
  tax: z.array(TaxTotal),
  rounding: SignedMinorUnits,
  /** What sales brought in, without what refunds and voids took. */
  payments: ByMethod,
});
export type SessionTotals = z.infer<typeof SessionTotals>;

const none = { count: 0, amount: 0 };

export const nothingYet: SessionTotals = {
  sales: none,
  refunds: none,
  voids: none,
  paidIn: none,
  paidOut: none,
  tax: [],
  rounding: 0,
  payments: { cash: 0, card: 0, voucher: 0 },
};

const counters = {
  sale: 'sales',
  refund: 'refunds',
  void: 'voids',
  'paid-in': 'paidIn',
  'paid-out': 'paidOut',
} as const satisfies Readonly<Record<Transaction['kind'], keyof SessionTotals>>;

/** The totals with one transaction more. A cash movement has neither taxes nor payments that count here: it is no business. */
export function addedTo(totals: SessionTotals, transaction: Transaction): SessionTotals {
  const { kind, total } = transaction;
  const counter = counters[kind];
  const counted = {
    ...totals,
    [counter]: { count: totals[counter].count + 1, amount: totals[counter].amount + total },
  };
  if (kind === 'paid-in' || kind === 'paid-out') return counted;
  const sign = kind === 'sale' ? 1 : -1;
  return {
    ...counted,
    tax: withTax(totals.tax, transaction.tax, sign),
    rounding: totals.rounding + sign * transaction.rounding,
    payments: plusByMethod(totals.payments, signed(sign, byMethod(transaction.payments))),
  };
}

/** The totals of several sessions together. */
export function sumOfTotals(several: readonly SessionTotals[]): SessionTotals {
  return several.reduce(
    (all, totals) => ({
      sales: plus(all.sales, totals.sales),
      refunds: plus(all.refunds, totals.refunds),
      voids: plus(all.voids, totals.voids),
      paidIn: plus(all.paidIn, totals.paidIn),
      paidOut: plus(all.paidOut, totals.paidOut),
      tax: withTax(all.tax, totals.tax, 1),
      rounding: all.rounding + totals.rounding,
      payments: plusByMethod(all.payments, totals.payments),
    }),
    nothingYet,
  );
}

export function plusByMethod(one: ByMethod, other: ByMethod): ByMethod {
  return { cash: one.cash + other.cash, card: one.card + other.card, voucher: one.voucher + other.voucher };
}

function plus(one: Counter, other: Counter): Counter {
  return { count: one.count + other.count, amount: one.amount + other.amount };
}

function withTax(totals: readonly TaxTotal[], added: readonly TaxTotal[], sign: 1 | -1): TaxTotal[] {
  const rates = [...new Set([...totals, ...added].map(({ rate }) => rate))].toSorted((one, other) => other - one);
  return rates.map((rate) => ({
    rate,
    gross: ofRate(totals, rate, 'gross') + sign * ofRate(added, rate, 'gross'),
    tax: ofRate(totals, rate, 'tax') + sign * ofRate(added, rate, 'tax'),
  }));
}

function ofRate(taxes: readonly TaxTotal[], rate: number, field: 'gross' | 'tax'): number {
  return taxes.filter((tax) => tax.rate === rate).reduce((sum, tax) => sum + tax[field], 0);
}

/** Payments by how they were made. */
export function byMethod(payments: readonly Payment[]): ByMethod {
  const paid = (by: keyof ByMethod) => sum(payments.filter(({ method }) => method === by).map(({ amount }) => amount));
  return { cash: paid('cash'), card: paid('card'), voucher: paid('voucher') };
}

function signed(sign: 1 | -1, { cash, card, voucher }: ByMethod): ByMethod {
  return { cash: sign * cash, card: sign * card, voucher: sign * voucher };
}
