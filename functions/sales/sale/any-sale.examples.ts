import fc from 'fast-check';
import { sum } from '../../../shared/money.ts';
import { lineAmount } from '../money/line-amount.ts';
import { roundedCash, type Tender } from '../money/settlement.ts';
import type { SaidLine, SaidSale } from './said-sale.ts';
import { aSale, prices } from './sale.examples.ts';

const anyLine = (itemId: string) =>
  fc
    .record({
      quantity: fc.integer({ min: 1, max: 40 }),
      unitPrice: fc.integer({ min: 0, max: 20_000 }),
      discounted: fc.integer({ min: 0, max: 100 }),
      tax: fc.constantFrom('standard', 'reduced', undefined),
    })
    .map(({ discounted, ...line }) => ({
      ...line,
      itemId,
      discount: Math.floor((line.quantity * line.unitPrice * discounted) / 100),
    }));

/** Some lines at whatever prices: for a manager to sell. */
export const anyLines: fc.Arbitrary<SaidLine[]> = fc
  .uniqueArray(fc.constantFrom(...Object.keys(prices)), { minLength: 1 })
  .chain((items) => fc.tuple(...items.map(anyLine)));

/** A sale that is paid, in cash, by card and by voucher, whatever coins there are. */
export const anyPaidSale = fc
  .record({
    lines: anyLines,
    coin: fc.constantFrom(1, 5, 10),
    byCard: fc.integer({ min: 0, max: 100 }),
    byVoucher: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ lines, coin, byCard, byVoucher }) => {
    const total = sum(
      lines.map(({ quantity, unitPrice = 0, discount = 0 }) => lineAmount({ quantity, unitPrice, discount })),
    );
    const card = Math.floor((total * byCard) / 200);
    const voucher = Math.floor((total * byVoucher) / 200);
    const payments: Tender[] = [
      { method: 'card', amount: card },
      { method: 'voucher', amount: voucher },
      { method: 'cash', amount: roundedCash(total - card - voucher, coin) },
    ];
    const said: SaidSale = { sessionId: 'session-1', offline: false, lines, payments };
    return { said, coin, sale: aSale(said, { coin, isAnyPriceRight: true }) };
  });
