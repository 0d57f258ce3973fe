import { z } from 'zod';
import { CustomerId, Quantity, Sku } from '../../../shared/events/contracts/identifiers.ts';
import { DeviceId, ShopId } from '../../../shared/events/contracts/pos-transaction.ts';
import { ReasonCode, RegisterName, SaleFlag } from '../../../shared/events/contracts/sales.ts';
import { LocalDate } from '../../../shared/local-date.ts';
import { Money, SignedMoney, Total } from '../../../shared/money.ts';
import { lineAmount } from '../money/line-amount.ts';
import { PaymentView, TaxView } from '../money/money-view.ts';
import { netOf, taxesOf } from '../money/taxes.ts';
import { RefundView, refundViewOf } from '../refund/refund-view.ts';
import { Percent } from '../shop/percent.ts';
import { isRefunded, type SaleState, SaleStatus } from './sale.ts';

const LineView = z.object({
  line: z.int(),
  itemId: Sku,
  quantity: Quantity,
  unitPrice: Money.describe('At which it was rung up'),
  discount: Total,
  taxRate: Percent,
  amount: Total.describe('What the line comes to, its tax included'),
  refunded: z.int().describe('How many pieces have come back'),
});

/** A sale as its readers see it. */
export const SaleView = z
  .object({
    id: DeviceId,
    shopId: ShopId,
    sessionId: DeviceId,
    register: RegisterName,
    businessDay: LocalDate,
    status: SaleStatus,
    customerId: CustomerId.optional(),
    lines: z.array(LineView),
    totalAmount: Total,
    net: Total.describe('The total without its tax'),
    taxes: z.array(TaxView),
    rounding: SignedMoney.describe('What the cash part was rounded by: the payments are the total and this'),
    payments: z.array(PaymentView),
    change: Total,
    receiptNumber: z.string().optional(),
    flags: z.array(SaleFlag).describe('In what a sale made without the network differs from what was known of it'),
    isRefunded: z.boolean().describe('Whether all of it has come back'),
    refunds: z.array(RefundView),
    soldAt: z.iso.datetime(),
    by: z.string().describe('Who completed it; before, who rang it up'),
    reasonCode: ReasonCode.optional().describe('Why it was cancelled or voided'),
    revision: z.int().optional(),
    version: z.int().describe('Counts the changes; the `ETag`'),
  })
  .meta({
    id: 'Sale',
    example: {
      id: '0f8fad5b-d9cb-469f-a165-70867728950e',
      shopId: 'berlin',
      sessionId: '5c3f2d1e-0b1a-4c56-8d7e-1f2a3b4c5d6e',
      register: '1',
      businessDay: '2026-11-22',
      status: 'completed',
      lines: [
        {
          line: 1,
          itemId: 'TEA',
          quantity: 3,
          unitPrice: 9.99,
          discount: 0,
          taxRate: 19,
          amount: 29.97,
          refunded: 0,
        },
      ],
      totalAmount: 29.97,
      net: 25.18,
      taxes: [{ rate: 19, gross: 29.97, tax: 4.79 }],
      rounding: 0,
      payments: [{ method: 'cash', amount: 29.97 }],
      change: 20.03,
      receiptNumber: 'berlin-1-2026-11-22-1',
      flags: [],
      isRefunded: false,
      refunds: [],
      soldAt: '2026-11-22T10:00:00.000Z',
      by: '01a20947-a59f-76f9-837c-cc7d43945ad1',
      version: 2,
    },
  });
type SaleView = z.output<typeof SaleView>;

export function viewOf({ state, version }: { readonly state: SaleState; readonly version: number }): SaleView {
  const { saleId: id, total: totalAmount, cancelled, location: _, flagCount: __, ...sale } = state;
  const lines = sale.lines.map(({ tax: _tax, ...line }) => ({ ...line, amount: lineAmount(line) }));
  const taxes = [...taxesOf(lines)];
  return {
    ...sale,
    id,
    lines,
    totalAmount,
    net: netOf(totalAmount, taxes),
    taxes,
    isRefunded: isRefunded(state),
    refunds: sale.refunds.map(refundViewOf),
    ...(cancelled === undefined ? {} : { reasonCode: cancelled.reasonCode }),
    version,
  };
}
