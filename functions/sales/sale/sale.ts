import { z } from 'zod';
import { CustomerId, Location } from '../../../shared/events/contracts/identifiers.ts';
import { DeviceId, Payment, ShopId, TaxAmount } from '../../../shared/events/contracts/pos-transaction.ts';
import {
  ReasonCode,
  RefundedLine,
  RegisterName,
  SaleCancelled,
  SaleCompleted,
  SaleCreated,
  SaleFlag,
  SaleLine,
  SaleRefunded,
  SaleUpdated,
} from '../../../shared/events/contracts/sales.ts';
import { LocalDate } from '../../../shared/local-date.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import { MinorUnits, SignedMinorUnits } from '../../../shared/money.ts';

/** Open is parked: rung up and not paid. */
export const SaleStatus = z.enum(['open', 'completed', 'voided', 'cancelled']);
export type SaleStatus = z.infer<typeof SaleStatus>;

const SoldLine = SaleLine.extend({
  /** How many of its pieces have come back. */
  refunded: z.int().nonnegative(),
});
export type SoldLine = z.infer<typeof SoldLine>;

/** What came back of a sale at one time. */
const Refund = z.object({
  refundId: DeviceId,
  /** Whose drawer it was paid out of. */
  sessionId: DeviceId,
  lines: z.array(RefundedLine),
  /** What the goods came to, before cash was rounded. */
  total: MinorUnits,
  rounding: SignedMinorUnits,
  taxes: z.array(TaxAmount),
  payments: z.array(Payment),
  reasonCode: ReasonCode,
  by: z.string(),
  at: z.iso.datetime(),
});
export type Refund = z.infer<typeof Refund>;

/** What is sold at a till at one time. Its tax, and what a line comes to, follow from the lines. */
export const SaleState = z.object({
  shopId: ShopId,
  saleId: DeviceId,
  sessionId: DeviceId,
  location: Location,
  register: RegisterName,
  businessDay: LocalDate,
  customerId: CustomerId.optional(),
  status: SaleStatus,
  lines: z.array(SoldLine),
  total: MinorUnits,
  /** When it was sold, once it is completed; before, when it was rung up last. */
  soldAt: z.iso.datetime(),
  /** Of a parked sale: which of its changes this is, as the till counts them. */
  revision: z.int().nonnegative().optional(),
  /** Who completed it; before, who rang it up last. */
  by: z.string(),
  receiptNumber: z.string().optional(),
  rounding: SignedMinorUnits,
  payments: z.array(Payment),
  change: MinorUnits,
  flags: z.array(SaleFlag),
  /** How many flags there are: lists are filtered by it. */
  flagCount: z.int().nonnegative(),
  refunds: z.array(Refund),
  /** Why it was cancelled or voided, and by whom. */
  cancelled: z.object({ reasonCode: ReasonCode, by: z.string() }).optional(),
});
export type SaleState = z.infer<typeof SaleState>;

const nothingPaid = { rounding: 0, payments: [], change: 0, flags: [], flagCount: 0, refunds: [] };

function rungUp({ lines, ...sale }: Parameters<typeof SaleCreated>[0]): SaleState {
  return { ...sale, status: 'open', lines: lines.map((line) => ({ ...line, refunded: 0 })), ...nothingPaid };
}

export const Sale = defineAggregate({
  kind: 'sale',
  state: SaleState,
  events: [SaleCreated, SaleUpdated, SaleCompleted, SaleCancelled, SaleRefunded],
  begin: { [SaleCreated.type]: ({ data }) => rungUp(data) },
  evolve: {
    [SaleUpdated.type]: (_, { data }) => rungUp(data),
    [SaleCompleted.type]: (sale, { data }): SaleState => ({
      ...sale,
      status: 'completed',
      soldAt: data.completedAt,
      by: data.by,
      receiptNumber: data.receiptNumber,
      rounding: data.rounding,
      payments: data.payments,
      change: data.change,
      flags: data.flags,
      flagCount: data.flags.length,
    }),
    [SaleCancelled.type]: (sale, { data: { was, reasonCode, by } }): SaleState => ({
      ...sale,
      status: was === 'open' ? 'cancelled' : 'voided',
      cancelled: { reasonCode, by },
    }),
    [SaleRefunded.type]: (sale, { data }) => ({
      ...sale,
      lines: sale.lines.map((line) => withRefunded(line, data.lines)),
      refunds: [...sale.refunds, refundOfEvent(data)],
    }),
  },
});

/** A refund as its sale keeps it. */
export function refundOfEvent(data: Parameters<typeof SaleRefunded>[0]): Refund {
  const { shopId: _, saleId: __, isFull: ___, amount: total, tax: taxes, ...refund } = data;
  return { ...refund, total, taxes };
}

function withRefunded(line: SoldLine, back: readonly RefundedLine[]): SoldLine {
  const quantity = back.find((one) => one.line === line.line)?.quantity ?? 0;
  return { ...line, refunded: line.refunded + quantity };
}

/** Whether everything of it has come back. */
export function isRefunded({ lines }: Pick<SaleState, 'lines'>): boolean {
  return lines.every(({ quantity, refunded }) => refunded === quantity);
}
