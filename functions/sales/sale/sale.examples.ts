import type { DomainEvent } from '../../../shared/events/define-event.ts';
import type { SalesPrice } from '../prices/price.ts';
import type { Grounds } from './lines-of-sale.ts';
import { linesOfSale } from './lines-of-sale.ts';
import { complete, park, settlementOf } from './ring-up.ts';
import type { SaidSale } from './said-sale.ts';
import { Sale, type SaleState } from './sale.ts';

const at = '2026-11-22T10:00:00.000Z';

/** What the shop `berlin` sells, and by which taxes. */
export const prices: Readonly<Record<string, number>> = { TEA: 999, MILK: 250, BAG: 2_890, CUP: 1_290 };

export const grounds: Grounds = {
  shop: {
    timeZone: 'Europe/Berlin',
    defaultTax: 'standard',
    taxRates: [
      { name: 'standard', history: [{ rate: 1_900 }] },
      { name: 'reduced', history: [{ rate: 700 }] },
    ],
  },
  priceOf: (itemId) => priceOf(itemId),
  parked: [],
  soldAt: at,
  isAnyPriceRight: false,
};

export function priceOf(sku: string, more: Partial<SalesPrice> = {}): SalesPrice | undefined {
  const price = prices[sku];
  return price === undefined
    ? undefined
    : { sku, price, isSold: true, subject: `product/${sku}`, sequence: 1, ...more };
}

/** Sale A of the day at the till: three TEA and three MILK for 37.47, paid with a note of 50.00. */
export const saleA: SaidSale = {
  sessionId: 'session-1',
  offline: false,
  lines: [
    { itemId: 'TEA', quantity: 3 },
    { itemId: 'MILK', quantity: 3, tax: 'reduced' },
  ],
  payments: [{ method: 'cash', amount: 3_747, tendered: 5_000 }],
};

/** A sale as it is once it was said so: completed where it was paid, parked where it was not. */
export function aSale(
  said: SaidSale = saleA,
  { coin = 1, ...judged }: Partial<Grounds> & { coin?: number } = {},
): SaleState {
  const { lines, total, flags } = linesOfSale(said, { ...grounds, ...judged });
  const { sessionId, revision, customerId, payments } = said;
  const rungUp = {
    shopId: 'berlin',
    saleId: 'sale-1',
    sessionId,
    location: 'berlin',
    register: '1',
    businessDay: '2026-11-22',
    ...(customerId === undefined ? {} : { customerId }),
    lines,
    total,
    soldAt: said.soldAt ?? at,
    ...(revision === undefined ? {} : { revision }),
    by: 'anna',
  };
  if (payments === undefined) return saleAfter(undefined, park(undefined, rungUp));
  const settled = settlementOf(rungUp, payments, coin);
  const receiptNumber = 'berlin-1-2026-11-22-1';
  return saleAfter(undefined, complete(undefined, rungUp, { ...settled, receiptNumber, flags }));
}

/** A sale after these events. */
export function saleAfter(sale: SaleState | undefined, events: readonly DomainEvent[]): SaleState {
  const now = events.reduce<SaleState | undefined>((state, event) => Sale.apply(state, event), sale);
  if (now === undefined) throw new Error('nothing has happened, so there is no sale');
  return now;
}
