import { z } from 'zod';
import { Quantity } from '../../../shared/events/contracts/identifiers.ts';
import { DeviceId, PaymentMethod } from '../../../shared/events/contracts/pos-transaction.ts';
import { ReasonCode } from '../../../shared/events/contracts/sales.ts';
import { Money } from '../../../shared/money.ts';

/** What comes back of a sale. */
export const RefundSale = z
  .strictObject({
    refundId: DeviceId,
    sessionId: DeviceId.describe('Out of whose drawer it is paid: any session of the shop that is open'),
    lines: z
      .array(
        z.strictObject({
          line: z.int().min(1).describe('Which line of the sale, counted from 1'),
          quantity: Quantity,
          restock: z.boolean().default(true).describe('Whether the pieces can be sold again'),
        }),
      )
      .min(1)
      .max(50)
      .refine((lines) => new Set(lines.map(({ line }) => line)).size === lines.length, {
        error: 'names a line twice: add up its quantities',
      }),
    payments: z.array(z.strictObject({ method: PaymentMethod, amount: Money })).max(20),
    reasonCode: ReasonCode,
  })
  .meta({
    id: 'RefundSale',
    example: {
      refundId: '7a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
      sessionId: '5c3f2d1e-0b1a-4c56-8d7e-1f2a3b4c5d6e',
      lines: [{ line: 1, quantity: 1 }],
      payments: [{ method: 'cash', amount: 9.99 }],
      reasonCode: 'changed-mind',
    },
  });
