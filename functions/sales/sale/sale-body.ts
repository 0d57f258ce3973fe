import { z } from 'zod';
import { CustomerId, nameable, Quantity, Sku } from '../../../shared/events/contracts/identifiers.ts';
import { DeviceId, PaymentMethod } from '../../../shared/events/contracts/pos-transaction.ts';
import { ReasonCode, TaxName } from '../../../shared/events/contracts/sales.ts';
import { Money, Total } from '../../../shared/money.ts';
import { SaidTime } from '../said-time.ts';

const SaidLine = z.strictObject({
  itemId: Sku,
  quantity: Quantity,
  unitPrice: Money.optional().describe(
    'At what it is sold; left out, at the price that held then. Managers may sell at any price',
  ),
  discount: Money.optional().describe('Off the line as a whole, at most what it comes to'),
  tax: TaxName.optional().describe("A tax of the shop; left out, the shop's default"),
});

const SaidPayment = z
  .strictObject({
    method: PaymentMethod,
    amount: Money.describe('What stays in the till'),
    tendered: Money.optional().describe('What was handed over, in cash: the rest is the change'),
  })
  .refine(({ method, tendered }) => tendered === undefined || method === 'cash', {
    path: ['tendered'],
    error: 'is of cash alone',
  })
  .refine(({ amount, tendered = amount }) => tendered >= amount, {
    path: ['tendered'],
    error: 'is less than what stays in the till',
  });

/** A sale as a till sends it. */
export const PutSale = z
  .strictObject({
    sessionId: DeviceId,
    revision: z
      .int()
      .min(0)
      .optional()
      .describe('Counts the changes of a parked sale on the till: what is older than what is known changes nothing'),
    offline: z
      .boolean()
      .default(false)
      .describe(
        'It was made without the network: once paid, it is taken whatever prices, archive and taxes say by now',
      ),
    lines: z
      .array(SaidLine)
      .min(1)
      .max(50)
      .refine((lines) => new Set(lines.map(({ itemId }) => itemId)).size === lines.length, {
        error: 'names an item twice: add up its quantities',
      }),
    customerId: nameable(CustomerId).optional(),
    soldAt: SaidTime.optional(),
    totalAmount: Total.optional().describe('What the till has asked for: another total is refused'),
    payments: z
      .array(SaidPayment)
      .min(1)
      .max(20)
      .optional()
      .describe('With them the sale is paid; without, it is parked'),
  })
  .meta({
    id: 'PutSale',
    example: {
      sessionId: '5c3f2d1e-0b1a-4c56-8d7e-1f2a3b4c5d6e',
      lines: [
        { itemId: 'TEA', quantity: 3, unitPrice: 9.99 },
        { itemId: 'MILK', quantity: 3, tax: 'reduced' },
      ],
      totalAmount: 37.47,
      payments: [{ method: 'cash', amount: 37.47, tendered: 50 }],
    },
  });

/** Why a sale is given up, or voided. */
export const CancelSale = z
  .strictObject({ reasonCode: ReasonCode })
  .meta({ id: 'CancelSale', example: { reasonCode: 'wrong-item' } });
