import { PosTransaction } from '../../shared/events/contracts/pos-transaction.ts';
import {
  RegisterClosed,
  RegisterOpened,
  type RungUpSale,
  SaleCancelled,
  SaleCompleted,
  SaleCreated,
  SaleRefunded,
  SaleUpdated,
  ShopClosed,
  type ShopDescription,
  ShopOpened,
  ShopUpdated,
} from '../../shared/events/contracts/sales.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

const [shopId, sessionId, saleId] = ['berlin', 'session-1', 'sale-1'];
const inSession = { topic: 'sales-events', subject: 'session/berlin/session-1', key: 'berlin' } as const;

const ofShop = { topic: 'sales-events', subject: 'shop/berlin', key: 'berlin' } as const;
const ofSale = { topic: 'sales-events', subject: 'sale/berlin/sale-1', key: 'berlin' } as const;
const shop: ShopDescription = {
  shopId,
  location: 'berlin',
  name: 'Berlin',
  timeZone: 'Europe/Berlin',
  registers: ['1', '2'],
  taxRates: [
    { name: 'standard', history: [{ rate: 1_900 }] },
    { name: 'reduced', history: [{ rate: 700 }] },
  ],
  defaultTax: 'standard',
  cashRounding: 5,
  differenceLimit: 500,
};
const session = { shopId, register: '1', sessionId, businessDay: '2026-11-22' };
const sale = { shopId, saleId, sessionId };
const rungUp: RungUpSale = {
  ...sale,
  location: 'berlin',
  register: '1',
  businessDay: '2026-11-22',
  customerId: 'CUST-123',
  lines: [
    { line: 1, itemId: 'TEA', quantity: 3, unitPrice: 999, discount: 0, taxRate: 1_900 },
    { line: 2, itemId: 'MILK', quantity: 3, unitPrice: 250, discount: 0, taxRate: 700 },
  ],
  total: 3_747,
  soldAt: '2026-11-22T10:00:00.000Z',
  revision: 1,
  by: 'user-1',
};

/** One event of each contract that this service tells. */
export const salesExamples: readonly EventExample[] = [
  {
    event: PosTransaction({
      shopId,
      transactionId: saleId,
      kind: 'sale',
      location: 'berlin',
      register: '1',
      sessionId,
      businessDay: '2026-11-22',
      saleId,
      customerId: 'CUST-123',
      amount: 3_745,
      total: 3_747,
      rounding: -2,
      tax: [
        { rate: 1_900, gross: 2_997, tax: 479 },
        { rate: 700, gross: 750, tax: 49 },
      ],
      payments: [{ method: 'cash', amount: 3_745 }],
      lines: [
        { itemId: 'TEA', quantity: 3, restock: false },
        { itemId: 'MILK', quantity: 3, restock: false },
      ],
      at: '2026-11-22T10:00:00.000Z',
    }),
    promise: inSession,
  },
  { event: ShopOpened(shop), promise: ofShop },
  { event: ShopUpdated({ ...shop, registers: ['1', '2', '3'] }), promise: ofShop },
  { event: ShopClosed({ shopId, reasonCode: 'moved' }), promise: ofShop },
  {
    event: RegisterOpened({
      ...session,
      location: 'berlin',
      openingCash: 10_000,
      receiptsBefore: 0,
      leftBySessionBefore: 10_000,
      by: 'user-1',
      at: '2026-11-22T08:00:00.000Z',
    }),
    promise: inSession,
  },
  {
    event: RegisterClosed({
      ...session,
      expected: { cash: 13_745, card: 0, voucher: 0 },
      counted: { cash: 13_740 },
      difference: { cash: -5 },
      takenOut: 3_740,
      by: 'user-1',
      at: '2026-11-22T19:00:00.000Z',
    }),
    promise: inSession,
  },
  { event: SaleCreated(rungUp), promise: ofSale },
  { event: SaleUpdated({ ...rungUp, revision: 2 }), promise: ofSale },
  {
    event: SaleCompleted({
      ...sale,
      receiptNumber: 'berlin-1-2026-11-22-1',
      total: 3_747,
      rounding: -2,
      tax: [
        { rate: 1_900, gross: 2_997, tax: 479 },
        { rate: 700, gross: 750, tax: 49 },
      ],
      payments: [{ method: 'cash', amount: 3_745 }],
      change: 1_255,
      flags: [],
      by: 'user-1',
      completedAt: '2026-11-22T10:00:00.000Z',
    }),
    promise: ofSale,
  },
  {
    event: SaleCancelled({
      ...sale,
      was: 'open',
      reasonCode: 'changed-mind',
      by: 'user-1',
      at: '2026-11-22T10:05:00.000Z',
    }),
    promise: ofSale,
  },
  {
    event: SaleRefunded({
      ...sale,
      refundId: 'refund-1',
      lines: [{ line: 1, quantity: 1, amount: 999, restock: true }],
      amount: 999,
      rounding: 1,
      tax: [{ rate: 1_900, gross: 999, tax: 160 }],
      payments: [{ method: 'cash', amount: 1_000 }],
      isFull: false,
      reasonCode: 'wrong-item',
      by: 'user-1',
      at: '2026-11-22T11:00:00.000Z',
    }),
    promise: ofSale,
  },
];
