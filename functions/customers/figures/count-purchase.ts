import type { CustomerSource } from '../../../shared/events/contracts/customers.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { begin, Customer } from '../customer/customer.ts';
import { Figures, noFigures, type Purchase, plus } from './figures.ts';

/** Counts what a customer has bought, in a record without a profile where there is none. Of who is erased nothing is counted. */
export async function countPurchase(
  work: UnitOfWork,
  {
    customerId,
    source,
    createdAt,
  }: { readonly customerId: string; readonly source: CustomerSource; readonly createdAt: string },
  purchase: Purchase,
): Promise<void> {
  const customer = await work.load(Customer, customerId);
  if (!customer.exists) customer.record(begin({ customerId, kind: 'person', source, createdAt }));
  if (customer.state.status === 'erased') return;
  const figures = await work.load(Figures, customerId);
  figures.put(plus(figures.current ?? noFigures, purchase));
}

/** What counting reads. */
export function readsOfPurchase(customerId: string) {
  return [
    { type: Customer, id: customerId },
    { type: Figures, id: customerId },
  ];
}
