import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { PosTransaction, type TransactionLine } from '../../../shared/events/contracts/pos-transaction.ts';
import type { DataOf } from '../../../shared/events/define-event.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { locationBoundary } from '../location.ts';
import { Returned, returnedOf, withReturned } from './returned.ts';
import { available, begin, change, noStock, Stock, type StockState, sell } from './stock.ts';

type Transaction = DataOf<typeof PosTransaction>;

/**
 * The goods of a sale leave the location, those of a refund or a void that can be sold again come back to it. An item that has never been
 * there begins with that: what has happened cannot be refused.
 */
export const takeSoldStock = subscriber({
  name: 'take-sold-stock',
  on: PosTransaction,
  once: 'by-marker',
  gathers: true,
  boundary: ({ data }) => (moved(data).length === 0 ? undefined : locationBoundary(data.location)),
  reads: ({ data }) => moved(data).map(({ itemId }) => ({ type: Stock, id: itemId })),
  handle: ({ data }, work) => (data.kind === 'sale' ? take(data, work) : putBack(data, work)),
});

/** The lines that move stock. */
function moved({ kind, lines }: Transaction): readonly TransactionLine[] {
  if (kind === 'sale') return lines;
  return kind === 'refund' || kind === 'void' ? lines.filter(({ restock }) => restock) : [];
}

async function take(sale: Transaction, work: UnitOfWork): Promise<void> {
  const { location, saleId } = sale;
  for (const { itemId, quantity } of moved(sale)) {
    const stock = await work.load(Stock, itemId);
    const before = stock.current ?? noStock(itemId, location);
    const returned =
      saleId !== undefined && isScarce(before, quantity)
        ? returnedOf((await work.load(Returned, saleId)).current, itemId)
        : 0;
    stock.record(sell(before, { quantity, returned, reason: 'sold', ...referenceOf(sale) }));
  }
}

/** Whether it can matter what of the sale has come back already, which is at most all of it; else nobody looks. */
function isScarce(stock: StockState, quantity: number): boolean {
  return available(stock) < 2 * quantity;
}

async function putBack(transaction: Transaction, work: UnitOfWork): Promise<void> {
  const { kind, location, saleId } = transaction;
  const lines = moved(transaction);
  for (const { itemId, quantity } of lines) {
    const stock = await work.load(Stock, itemId);
    const more = { onHand: quantity, reason: kind === 'void' ? 'voided' : 'refunded', ...referenceOf(transaction) };
    stock.record(stock.current === undefined ? begin({ itemId, location, ...more }) : change(stock.current, more));
  }
  if (saleId === undefined) return;
  const returned = await work.load(Returned, saleId);
  returned.put(withReturned(returned.current, lines));
}

function referenceOf({ saleId }: Transaction): { readonly reference?: string } {
  return saleId === undefined ? {} : { reference: `sale/${saleId}` };
}
