import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { PosTransaction } from '../../../shared/events/contracts/pos-transaction.ts';
import { customerBoundary } from '../customer/customer.ts';
import { countPurchase, readsOfPurchase } from './count-purchase.ts';
import { spentMore } from './figures.ts';

/** Counts what a customer bought at a till, and what they brought back. Most who buy there are in no record. */
export const countTillPurchases = subscriber({
  name: 'count-purchases-at-tills',
  on: PosTransaction,
  once: 'by-marker',
  gathers: true,
  boundary: ({ data: { customerId, kind, amount } }) =>
    customerId === undefined || spentMore(kind, amount) === undefined ? undefined : customerBoundary(customerId),
  reads: ({ data: { customerId } }) => (customerId === undefined ? [] : readsOfPurchase(customerId)),
  async handle({ time, data: { customerId, kind, amount, at } }, work) {
    const spent = spentMore(kind, amount);
    if (customerId === undefined || spent === undefined) return;
    const purchase = { orders: 0, spent, boughtAt: kind === 'sale' ? at : undefined };
    await countPurchase(work, { customerId, source: 'till', createdAt: time }, purchase);
  },
});
