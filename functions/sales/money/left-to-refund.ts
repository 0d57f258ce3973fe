import type { Payment, PaymentMethod } from '../../../shared/events/contracts/pos-transaction.ts';
import type { MinorUnits } from '../../../shared/money.ts';
import { paidBy } from './settlement.ts';

/** An amount, and how it was paid. */
interface Paid {
  readonly total: MinorUnits;
  readonly payments: readonly Payment[];
}

/**
 * What is left of what was paid in this way, and may go back so. Cash counts as it was before it was rounded: refunds are rounded
 * each for itself, and the last one must not be refused for the cents that those before it were rounded by.
 */
export function leftToRefund(sale: Paid, refunds: readonly Paid[], method: PaymentMethod): MinorUnits {
  const left = exactly(sale, method) - refunds.reduce((gone, refund) => gone + exactly(refund, method), 0);
  return Math.max(0, left);
}

/** What of an amount was to be paid in this way, before it was rounded. */
export function exactly({ total, payments }: Paid, method: PaymentMethod): MinorUnits {
  if (method !== 'cash') return paidBy(payments, method);
  return total - paidBy(payments, 'card') - paidBy(payments, 'voucher');
}
