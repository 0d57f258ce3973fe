import { z } from 'zod';
import { DeviceId } from '../../../shared/events/contracts/pos-transaction.ts';
import { ReasonCode } from '../../../shared/events/contracts/sales.ts';
import { SignedMoney, Total } from '../../../shared/money.ts';
import { PaymentView, TaxView } from '../money/money-view.ts';
import type { Refund } from '../sale/sale.ts';

/** What came back of a sale at one time, as its readers see it. */
export const RefundView = z
  .object({
    id: DeviceId,
    sessionId: DeviceId.describe('Out of whose drawer it was paid'),
    lines: z.array(z.object({ line: z.int(), quantity: z.int(), amount: Total, restock: z.boolean() })),
    amount: Total.describe('What the goods come to; with the rounding, what was paid out'),
    tax: z.array(TaxView),
    rounding: SignedMoney,
    payments: z.array(PaymentView),
    reasonCode: ReasonCode,
    by: z.string(),
    at: z.iso.datetime(),
  })
  .meta({
    id: 'Refund',
    example: {
      id: '7a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
      sessionId: '5c3f2d1e-0b1a-4c56-8d7e-1f2a3b4c5d6e',
      lines: [{ line: 1, quantity: 1, amount: 9.99, restock: true }],
      amount: 9.99,
      tax: [{ rate: 19, gross: 9.99, tax: 1.6 }],
      rounding: 0,
      payments: [{ method: 'cash', amount: 9.99 }],
      reasonCode: 'changed-mind',
      by: '01a20947-a59f-76f9-837c-cc7d43945ad1',
      at: '2026-11-22T17:20:00.000Z',
    },
  });
type RefundView = z.output<typeof RefundView>;

export function refundViewOf({ refundId: id, total: amount, taxes: tax, ...refund }: Refund): RefundView {
  return { id, amount, tax, ...refund };
}
