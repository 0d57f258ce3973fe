import { z } from 'zod';
import { MinorUnits, SignedMinorUnits } from '../../money.ts';
import { defineEvent } from '../define-event.ts';
import { CustomerId, Location, Quantity, Sku } from './identifiers.ts';

/** What a till, or whoever else may have to repeat it, names a thing by: part of document ids and paths. */
export const DeviceId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, { error: 'an id is 1 to 64 letters, digits, dots, underscores or hyphens' })
  .meta({ description: 'Id that the device made which may have to send it twice' });

/** A shop; it is called as its stock's location is, unless somebody says otherwise. */
export const ShopId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, { error: 'a shop is 1 to 64 letters, digits, dots, underscores or hyphens' })
  .meta({ description: 'Shop' });

/** Hundredths of a percent, so that 5.5 % is exact: 1,900 is 19 %. */
export const TaxRate = z.int().min(0).max(10_000).meta({ description: 'Tax rate in hundredths of a percent' });

/** The tax of one rate within what was paid for all that bears it: prices include tax. */
export const TaxAmount = z.object({ rate: TaxRate, gross: MinorUnits, tax: MinorUnits });
export type TaxAmount = z.infer<typeof TaxAmount>;

export const PaymentMethod = z.enum(['cash', 'card', 'voucher']);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

/** What stays in the till, or leaves it: never the note that was handed over. */
export const Payment = z.object({ method: PaymentMethod, amount: MinorUnits });
export type Payment = z.infer<typeof Payment>;

/** Which way money goes at a till: in for `sale` and `paid-in`, out for the others. */
export const TransactionKind = z.enum(['sale', 'refund', 'void', 'paid-in', 'paid-out']);
export type TransactionKind = z.infer<typeof TransactionKind>;

/** Goods that a transaction moves: out of the shop in a sale, back into it in a refund or a void. */
export const TransactionLine = z.object({
  itemId: Sku,
  quantity: Quantity,
  /** Whether what comes back can be sold again. What a sale says here means nothing. */
  restock: z.boolean(),
});
export type TransactionLine = z.infer<typeof TransactionLine>;

/** No amount is below nothing, save a rounding: the kind tells the direction. */
export const PosTransaction = defineEvent({
  type: 'pos.transaction',
  version: 2,
  topic: 'sales-events',
  description:
    'Money, and goods with it, went in or out at a till. In the order of `sequence`, they are the journal of its session.',
  data: z.object({
    shopId: ShopId,
    /** One for each transaction of the shop: the sale, the refund or the cash movement; a void has an id of its own. */
    transactionId: z.string().min(1).max(128),
    kind: TransactionKind,
    /** Where the goods are: their stock changes there. */
    location: Location,
    register: z.string().min(1),
    sessionId: DeviceId,
    /** The local day on which the session was opened. */
    businessDay: z.iso.date(),
    saleId: DeviceId.optional(),
    customerId: CustomerId.optional(),
    /** What changed hands: the payments, which are `total` and `rounding` together. */
    amount: MinorUnits,
    /** What the goods come to before cash is rounded; of a cash movement, the same as `amount`. */
    total: MinorUnits,
    rounding: SignedMinorUnits,
    tax: z.array(TaxAmount),
    payments: z.array(Payment),
    /** None where no goods move. */
    lines: z.array(TransactionLine),
    at: z.iso.datetime(),
  }),
  // The first was announced with whatever data. What the old systems sent ({ id, amount, customer }) has no place, day or lines, so
  // that nothing can be made of it: a dead letter. What has this shape is taken.
  upcasters: { 1: (data) => data },
  subject: ({ shopId, sessionId }) => `session/${shopId}/${sessionId}`,
  partitionKey: ({ shopId }) => shopId,
});
