import { z } from 'zod';
import { LocalDate, TimeZone } from '../../local-date.ts';
import { MinorUnits, SignedMinorUnits } from '../../money.ts';
import { defineEvent } from '../define-event.ts';
import { CustomerId, Location, Quantity, Sku } from './identifiers.ts';
import { DeviceId, Payment, ShopId, TaxAmount, TaxRate } from './pos-transaction.ts';

/** A till, as its shop calls it: part of receipt numbers and paths. */
export const RegisterName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,32}$/, { error: 'a register is 1 to 32 letters, digits, dots, underscores or hyphens' })
  .meta({ description: 'Register (till) of a shop' });

/** What a shop calls a tax rate, such as `standard`: the rate itself changes with the years. */
export const TaxName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,32}$/, { error: 'a tax is named by 1 to 32 letters, digits, dots, underscores or hyphens' })
  .meta({ description: 'Name of a tax rate in its shop' });

/** Why somebody did something, as a code: never in their own words, which are in no event. */
export const ReasonCode = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'a reason is a code, such as wrong-item, and not in words' })
  .meta({ description: 'Code of a reason, such as `wrong-item`', examples: ['wrong-item'] });

/** What a tax is from a day on, by the clocks of the shop; without a rate, the shop has it no longer. */
export const TaxStep = z.object({
  /** The first day; without one, it has always been so. */
  validFrom: LocalDate.optional(),
  rate: TaxRate.optional(),
});
export type TaxStep = z.infer<typeof TaxStep>;

/** A tax of a shop through the years, the oldest first. */
export const TaxHistory = z.object({ name: TaxName, history: z.array(TaxStep).min(1) });
export type TaxHistory = z.infer<typeof TaxHistory>;

/** To what cash is rounded, in minor units. */
export const CashRounding = z.literal([1, 5, 10]);
export type CashRounding = z.infer<typeof CashRounding>;

/** What is there by each way to pay. It may be less than nothing: a till pays out what was put in beside it. */
export const ByMethod = z.object({ cash: SignedMinorUnits, card: SignedMinorUnits, voucher: SignedMinorUnits });
export type ByMethod = z.infer<typeof ByMethod>;

/** What somebody has counted: cash always, the rest where they have. */
export const Counted = z.object({ cash: MinorUnits, card: MinorUnits.optional(), voucher: MinorUnits.optional() });
export type Counted = z.infer<typeof Counted>;

/** What was counted without what was expected, where it was counted. */
export const Difference = z.object({
  cash: SignedMinorUnits,
  card: SignedMinorUnits.optional(),
  voucher: SignedMinorUnits.optional(),
});
export type Difference = z.infer<typeof Difference>;

/** Something sold, at the price at which it was rung up. */
export const SaleLine = z.object({
  /** Counted from 1, in the order in which they were rung up. */
  line: z.int().min(1),
  itemId: Sku,
  quantity: Quantity,
  unitPrice: MinorUnits,
  /** Off the line as a whole. */
  discount: MinorUnits,
  /** The tax as it was named, or as the shop's default was: its rate may be another by now. Older events do not tell it. */
  tax: TaxName.optional(),
  taxRate: TaxRate,
});
export type SaleLine = z.infer<typeof SaleLine>;

/** In what a sale that was made without the network differs from what the service knew when it heard of it. */
export const SaleFlag = z.enum(['price', 'archived', 'tax']);
export type SaleFlag = z.infer<typeof SaleFlag>;

/** Pieces of a line that came back. */
export const RefundedLine = z.object({
  line: z.int().min(1),
  quantity: Quantity,
  amount: MinorUnits,
  /** Whether they can be sold again. */
  restock: z.boolean(),
});
export type RefundedLine = z.infer<typeof RefundedLine>;

/** The service had announced the types that begin at version 2 with whatever data: what has their shape is taken. */
const asTold = { 1: (data: unknown) => data };

const partitionKey = ({ shopId }: { shopId: string }) => shopId;
const ofShop = {
  topic: 'sales-events',
  subject: ({ shopId }: { shopId: string }) => `shop/${shopId}`,
  partitionKey,
} as const;
const ofSession = {
  topic: 'sales-events',
  subject: ({ shopId, sessionId }: { shopId: string; sessionId: string }) => `session/${shopId}/${sessionId}`,
  partitionKey,
} as const;
const ofSale = {
  topic: 'sales-events',
  subject: ({ shopId, saleId }: { shopId: string; saleId: string }) => `sale/${shopId}/${saleId}`,
  partitionKey,
} as const;

/** What a shop says of itself. */
export const ShopDescription = z.object({
  shopId: ShopId,
  /** Where its goods are. */
  location: Location,
  name: z.string(),
  timeZone: TimeZone,
  registers: z.array(RegisterName),
  taxRates: z.array(TaxHistory),
  /** The tax of a line that names none. */
  defaultTax: TaxName,
  cashRounding: CashRounding,
  /** A difference beyond it has to be explained when a till is closed. */
  differenceLimit: MinorUnits.optional(),
});
export type ShopDescription = z.infer<typeof ShopDescription>;

export const ShopOpened = defineEvent({
  type: 'shop.opened',
  version: 2,
  description: 'A shop was set up and may sell.',
  data: ShopDescription,
  upcasters: asTold,
  ...ofShop,
});

export const ShopUpdated = defineEvent({
  type: 'shop.updated',
  version: 1,
  description: 'A shop changed; carries the state after the change.',
  data: ShopDescription,
  ...ofShop,
});

export const ShopClosed = defineEvent({
  type: 'shop.closed',
  version: 2,
  description: 'A shop is closed for good.',
  data: z.object({ shopId: ShopId, reasonCode: ReasonCode.optional() }),
  upcasters: asTold,
  ...ofShop,
});

/** A till's shift. */
const session = {
  shopId: ShopId,
  register: RegisterName,
  sessionId: DeviceId,
  /** The day of the shop on which it was opened, whatever the clock says later. */
  businessDay: LocalDate,
};

export const RegisterOpened = defineEvent({
  type: 'register.opened',
  version: 1,
  description: 'A till was opened: its session begins, and with it the journal.',
  data: z.object({
    ...session,
    location: Location,
    openingCash: MinorUnits,
    /** How many receipts the till had given out that day before. */
    receiptsBefore: z.int().nonnegative(),
    /** What the session before left in the drawer, where there was one. */
    leftBySessionBefore: MinorUnits.optional(),
    /** What tills sent of the sessions before when those were closed already: it explains a difference of theirs. */
    explained: ByMethod.optional(),
    /** Such a session itself: nobody has opened it, it takes what comes late. */
    isLate: z.literal(true).optional(),
    /** When it was opened, where the till has said so. */
    saidAt: z.iso.datetime().optional(),
    by: z.string(),
    at: z.iso.datetime(),
  }),
  ...ofSession,
});

export const RegisterClosed = defineEvent({
  type: 'register.closed',
  version: 1,
  description: 'A till was closed and counted: its session is over, and never changes any more.',
  data: z.object({
    ...session,
    expected: ByMethod,
    counted: Counted,
    difference: Difference,
    /** What was taken out of the drawer after counting: the rest is for the next session. */
    takenOut: MinorUnits,
    by: z.string(),
    at: z.iso.datetime(),
  }),
  ...ofSession,
});

const sale = { shopId: ShopId, saleId: DeviceId, sessionId: DeviceId };

/** A sale as it is rung up. */
export const RungUpSale = z.object({
  ...sale,
  location: Location,
  register: RegisterName,
  businessDay: LocalDate,
  customerId: CustomerId.optional(),
  lines: z.array(SaleLine).min(1),
  total: MinorUnits,
  soldAt: z.iso.datetime(),
  /** Counted by the till with each change of a parked sale. */
  revision: z.int().nonnegative().optional(),
  by: z.string(),
});
export type RungUpSale = z.infer<typeof RungUpSale>;

export const SaleCreated = defineEvent({
  type: 'sale.created',
  version: 2,
  description: 'A sale was rung up; it is parked, unless it is completed at once.',
  data: RungUpSale,
  upcasters: asTold,
  ...ofSale,
});

export const SaleUpdated = defineEvent({
  type: 'sale.updated',
  version: 1,
  description: 'A parked sale changed; carries the state after the change.',
  data: RungUpSale,
  ...ofSale,
});

export const SaleCompleted = defineEvent({
  type: 'sale.completed',
  version: 2,
  description: 'A sale was paid.',
  data: z.object({
    ...sale,
    receiptNumber: z.string().min(1),
    total: MinorUnits,
    /** What cash was rounded by: the payments are total and rounding together. */
    rounding: SignedMinorUnits,
    tax: z.array(TaxAmount),
    payments: z.array(Payment),
    /** What the customer got back of the notes they handed over. */
    change: MinorUnits,
    /** In what it differs from what was known, where it was made without the network. */
    flags: z.array(SaleFlag),
    by: z.string(),
    completedAt: z.iso.datetime(),
  }),
  upcasters: asTold,
  ...ofSale,
});

export const SaleCancelled = defineEvent({
  type: 'sale.cancelled',
  version: 2,
  description: 'A parked sale was given up, or one that was paid was voided in its session.',
  data: z.object({
    ...sale,
    was: z.enum(['open', 'completed']),
    reasonCode: ReasonCode,
    by: z.string(),
    at: z.iso.datetime(),
  }),
  upcasters: asTold,
  ...ofSale,
});

export const SaleRefunded = defineEvent({
  type: 'sale.refunded',
  version: 2,
  description: 'Something of a sale came back, and its money was paid out of the session named.',
  data: z.object({
    ...sale,
    refundId: DeviceId,
    lines: z.array(RefundedLine).min(1),
    /** What the goods came to; with the rounding, what was paid out. */
    amount: MinorUnits,
    rounding: SignedMinorUnits,
    tax: z.array(TaxAmount),
    payments: z.array(Payment),
    /** Whether nothing of the sale is left to come back. */
    isFull: z.boolean(),
    reasonCode: ReasonCode,
    by: z.string(),
    at: z.iso.datetime(),
  }),
  upcasters: asTold,
  ...ofSale,
});
