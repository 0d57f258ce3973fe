import type { Payment, PaymentMethod } from '../../../shared/events/contracts/pos-transaction.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
import { formatted, type MinorUnits, part, type SignedMinorUnits, sum } from '../../../shared/money.ts';

/** Money that is handed over. */
export interface Tender extends Payment {
  /** The note that the customer gave, of which the change is given back; of cash alone. */
  readonly tendered?: MinorUnits | undefined;
}

/** How a total is paid. */
export interface Settlement {
  /** What the cash part was rounded by: the payments are the total and this. */
  readonly rounding: SignedMinorUnits;
  readonly change: MinorUnits;
}

/** An amount in coins that there are: the nearest multiple of the smallest, half up. */
export function roundedCash(amount: MinorUnits, smallestCoin: MinorUnits): MinorUnits {
  return part(amount, 1, smallestCoin) * smallestCoin;
}

/**
 * Whether payments are what a total asks for. The cash part alone is rounded, to what the others leave of the total; where nothing
 * is paid in cash, nothing is rounded.
 *
 * @throws Rejection payment-mismatch when they are not, with what is asked for.
 */
export function settle(total: MinorUnits, payments: readonly Tender[], smallestCoin: MinorUnits): Settlement {
  const cash = payments.filter(({ method }) => method === 'cash');
  const rest = total - paidBy(payments, 'card') - paidBy(payments, 'voucher');
  const due = cash.length === 0 ? rest : roundedCash(rest, smallestCoin);
  const paid = paidBy(cash, 'cash');
  if (rest < 0 || paid !== due)
    throw rejectContent('payment-mismatch', `${formatted(total)} is to be paid: ${wanted(rest, due, paid)}`);
  return { rounding: due - rest, change: sum(cash.map(({ amount, tendered = amount }) => tendered - amount)) };
}

/** What was paid in this way. */
export function paidBy(payments: readonly Payment[], method: PaymentMethod): MinorUnits {
  return sum(payments.filter((payment) => payment.method === method).map(({ amount }) => amount));
}

function wanted(rest: SignedMinorUnits, due: SignedMinorUnits, paid: MinorUnits): string {
  if (rest < 0) return `what is not cash is ${formatted(-rest)} more than that`;
  return `beside what is not cash ${formatted(due)}, not ${formatted(paid)}`;
}
