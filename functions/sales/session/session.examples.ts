import { RegisterOpened } from '../../../shared/events/contracts/sales.ts';
import type { DataOf } from '../../../shared/events/define-event.ts';
import type { Booking } from './journal.ts';

const opened: DataOf<typeof RegisterOpened> = {
  shopId: 'berlin',
  location: 'berlin',
  register: '1',
  sessionId: 'session-1',
  businessDay: '2026-11-22',
  openingCash: 10_000,
  receiptsBefore: 0,
  by: 'user-1',
  at: '2026-11-22T08:00:00.000Z',
};

/** A till that is opened with 100.00. */
export const aRegisterOpened = RegisterOpened(opened);

/** Three of TEA and three of MILK for 37.47 in cash. */
export const aBooking: Booking = {
  saleId: 'sale-1',
  total: 3_747,
  rounding: 0,
  tax: [
    { rate: 1_900, gross: 2_997, tax: 479 },
    { rate: 700, gross: 750, tax: 49 },
  ],
  payments: [{ method: 'cash', amount: 3_747 }],
  lines: [
    { itemId: 'TEA', quantity: 3, restock: false },
    { itemId: 'MILK', quantity: 3, restock: false },
  ],
  at: '2026-11-22T10:00:00.000Z',
};
