import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../shared/money.ts';
import { leftToRefund } from '../money/left-to-refund.ts';
import { refundOf } from '../money/refund-pieces.ts';
import { roundedCash, type Tender } from '../money/settlement.ts';
import { anyPaidSale } from '../sale/any-sale.examples.ts';
import { aSale, saleA, saleAfter } from '../sale/sale.examples.ts';
import type { SaleState } from '../sale/sale.ts';
import { viewOf } from '../sale/sale-view.ts';
import { bookingOf, madeAlready, refund, type SaidRefund } from './refund.ts';

const terms = { smallestCoin: 1, isAnyMethodRight: false, by: 'anna', at: '2026-11-22T11:00:00.000Z' };
const cash = (amount: number) => [{ method: 'cash' as const, amount }];

describe('a refund', () => {
  it('one TEA and one MILK of sale A bring back 12.49, of which 1.60 and 0.16 are tax', () => {
    const refunded = refund(aSale(), wanted({ 1: 1, 2: 1 }, cash(1_249)), terms);
    expect(refunded.data).toMatchObject({
      amount: 1_249,
      rounding: 0,
      tax: [
        { rate: 1_900, gross: 999, tax: 160 },
        { rate: 700, gross: 250, tax: 16 },
      ],
      isFull: false,
    });
    expect(bookingOf(aSale(), refunded).lines).toEqual([
      { itemId: 'TEA', quantity: 1, restock: true },
      { itemId: 'MILK', quantity: 1, restock: true },
    ]);
  });

  it('a line of three for 10.00 goes back as 3.33, 3.34 and 3.33, and then there is no more of it', () => {
    let sale = aSale({
      ...saleA,
      lines: [{ itemId: 'TEA', quantity: 3, discount: 1_997 }],
      payments: [{ method: 'card', amount: 1_000 }],
    });
    const pieces = [333, 334, 333].map((amount, index) => {
      const { data } = refundedBy(sale, { 1: 1 }, [{ method: 'card', amount }], `refund-${index}`);
      sale = afterRefund(sale, { 1: 1 }, [{ method: 'card', amount }], `refund-${index}`);
      return data.tax[0]?.tax;
    });
    expect(pieces).toEqual([53, 53, 54]);
    expect(viewOf({ state: sale, version: 1 }).isRefunded).toBe(true);
    expect(() => refundedBy(sale, { 1: 1 }, [], 'refund-4')).toThrow('of line 1 0 of 3 pieces are left, not 1');
  });

  it('a sale of 12.91 that was paid by 12.90 in cash goes back whole by 12.90', () => {
    const sale = aSale(
      { ...saleA, lines: [{ itemId: 'CUP', quantity: 1, unitPrice: 1_291 }], payments: cash(1_290) },
      { isAnyPriceRight: true, coin: 5 },
    );
    const refunded = refund(sale, wanted({ 1: 1 }, cash(1_290)), { ...terms, smallestCoin: 5 });
    expect(refunded.data).toMatchObject({ amount: 1_291, rounding: -1, isFull: true });
  });

  it.each([
    ['a line that the sale has not', { 9: 1 }, cash(999), 'the sale has 2 lines, and no line 9'],
    ['more pieces than were sold', { 1: 4 }, cash(3_996), 'of line 1 3 of 3 pieces are left, not 4'],
    ['another amount', { 1: 1 }, cash(998), '9.99 is to be paid'],
    [
      'in a way in which nothing was paid',
      { 1: 1 },
      [{ method: 'card' as const, amount: 999 }],
      'of what was paid by card, 0.00 can go back, not more',
    ],
  ])('a refund of %s is refused', (_, lines, payments, detail) => {
    expect(() => refund(aSale(), wanted(lines, payments), terms)).toThrow(detail);
  });

  it('no more goes back in one way than was paid in it', () => {
    const mixed = aSale({ ...saleA, payments: [{ method: 'card', amount: 3_247 }, ...cash(500)] });
    expect(() => refund(mixed, wanted({ 1: 1 }, cash(999)), terms)).toThrow(
      'of what was paid by cash, 5.00 can go back',
    );
    const split = [...cash(500), { method: 'card' as const, amount: 499 }];
    expect(refund(mixed, wanted({ 1: 1 }, split), terms).data.amount).toBe(999);
  });

  it('a manager pays out in another way', () => {
    const byCard = wanted({ 1: 1 }, [{ method: 'card', amount: 999 }]);
    expect(refund(aSale(), byCard, { ...terms, isAnyMethodRight: true }).data.amount).toBe(999);
  });

  it('what is not paid, or not any more, cannot come back', () => {
    const { payments: _, ...parked } = saleA;
    expect(() => refund(aSale(parked), wanted({ 1: 1 }, cash(999)), terms)).toThrow('the sale is open');
  });

  it('a refund that is sent again is known, and its id is no other refund', () => {
    const sale = afterRefund(aSale(), { 1: 1, 2: 1 }, cash(1_249));
    const said = wanted({ 1: 1, 2: 1 }, cash(1_249));
    expect(madeAlready(sale, { ...said, lines: said.lines.toReversed() })).toMatchObject({ total: 1_249 });
    expect(madeAlready(sale, { ...said, refundId: 'refund-2' })).toBeUndefined();
    expect(() => madeAlready(sale, { ...said, reasonCode: 'broken' })).toThrow('the refund refund-1 of the sale was');
  });
});

describe('all refunds of a sale', () => {
  it('whatever comes back, in whatever pieces, is never more than was paid, and all of it in the end, its tax too', () => {
    fc.assert(
      fc.property(anyPaidSale, fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), ({ sale, coin }, picks) => {
        let now = sale;
        for (const [index, pick] of picks.entries()) {
          const left = now.lines.filter(({ quantity, refunded }) => refunded < quantity);
          const line = left[pick % Math.max(left.length, 1)];
          if (line === undefined) break;
          now = withPieces(now, line.line, 1 + (pick % (line.quantity - line.refunded)), coin, `refund-${index}`);
          expect(sum(now.refunds.map(({ total }) => total))).toBeLessThanOrEqual(sale.total);
        }
        for (const { line, quantity, refunded } of now.lines)
          if (refunded < quantity) now = withPieces(now, line, quantity - refunded, coin, `rest-${line}`);
        expect(sum(now.refunds.map(({ total }) => total))).toBe(sale.total);
        const taxes = now.refunds.flatMap((made) => made.taxes);
        for (const { rate, tax } of viewOf({ state: sale, version: 1 }).taxes)
          expect(sum(taxes.filter((one) => one.rate === rate).map((one) => one.tax))).toBe(tax);
      }),
      { numRuns: 60 },
    );
  });
});

function wanted(lines: Readonly<Record<number, number>>, payments: SaidRefund['payments'], refundId = 'refund-1') {
  const said = Object.entries(lines).map(([line, quantity]) => ({ line: Number(line), quantity, restock: true }));
  return { refundId, sessionId: 'session-1', lines: said, payments, reasonCode: 'changed-mind' };
}

function refundedBy(sale: SaleState, ...asked: Parameters<typeof wanted>) {
  return refund(sale, wanted(...asked), terms);
}

function afterRefund(sale: SaleState, ...asked: Parameters<typeof wanted>): SaleState {
  return saleAfter(sale, [refundedBy(sale, ...asked)]);
}

/** The sale once pieces of a line came back, paid as far as that goes in the ways in which it was paid. */
function withPieces(
  sale: SaleState,
  line: number,
  quantity: number,
  smallestCoin: number,
  refundId: string,
): SaleState {
  const sold = sale.lines.find((one) => one.line === line);
  if (sold === undefined) throw new Error(`there is no line ${line}`);
  const amount = refundOf(sold, quantity);
  const card = Math.min(amount, leftToRefund(sale, sale.refunds, 'card'));
  const voucher = Math.min(amount - card, leftToRefund(sale, sale.refunds, 'voucher'));
  const rest = amount - card - voucher;
  const payments: Tender[] = [
    { method: 'card', amount: card },
    { method: 'voucher', amount: voucher },
    { method: 'cash', amount: roundedCash(rest, smallestCoin) },
  ];
  return saleAfter(sale, [refund(sale, wanted({ [line]: quantity }, payments, refundId), { ...terms, smallestCoin })]);
}
