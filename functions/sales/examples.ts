import { PosTransaction } from '../../shared/events/contracts/pos-transaction.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

const [shopId, sessionId, saleId] = ['berlin', 'session-1', 'sale-1'];
const inSession = { topic: 'sales-events', subject: 'session/berlin/session-1', key: 'berlin' } as const;

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
];
