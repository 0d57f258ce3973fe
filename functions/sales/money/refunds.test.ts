import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../shared/money.ts';
import { leftToRefund } from './left-to-refund.ts';
import { refundOf } from './refund-pieces.ts';
import { roundedCash, settle, type Tender } from './settlement.ts';

const inCash = (amount: number): Tender[] => [{ method: 'cash', amount }];

describe('what goes back for pieces of a line', () => {
  it('a line of three for 10.00 goes back as 3.33, 3.34 and 3.33', () => {
    const pieces = [0, 1, 2].map((refunded) => refundOf({ quantity: 3, unitPrice: 400, discount: 200, refunded }, 1));
    expect(pieces).toEqual([333, 334, 333]);
  });

  it('whatever order its pieces go back in, a line brings back what was paid for it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 0, max: 1_000 }),
        (unitPrice, sizes, discounted) => {
          const quantity = sum(sizes);
          const discount = Math.min(discounted, unitPrice * quantity);
          let refunded = 0;
          const pieces = sizes.map((size) => {
            const piece = refundOf({ quantity, unitPrice, discount, refunded }, size);
            refunded += size;
            return piece;
          });
          expect(Math.min(...pieces)).toBeGreaterThanOrEqual(0);
          expect(sum(pieces)).toBe(unitPrice * quantity - discount);
        },
      ),
    );
  });
});

describe('what is left to refund', () => {
  it('of a sale of 12.91 that was paid by 12.90 in cash nothing is left when it went back whole', () => {
    const sale = { total: 1_291, payments: inCash(1_290) };
    const back = inCash(roundedCash(1_291, 5));
    expect(settle(1_291, back, 5)).toMatchObject({ rounding: -1 });
    expect(leftToRefund(sale, [{ total: 1_291, payments: back }], 'cash')).toBe(0);
  });

  it('the last piece goes back although those before it were rounded up', () => {
    const sale = { total: 1_000, payments: inCash(1_000) };
    const refunds = [
      { total: 333, payments: inCash(335) },
      { total: 334, payments: inCash(335) },
    ];
    expect(leftToRefund(sale, refunds, 'cash')).toBe(333);
  });

  it('of each method so much is left as was paid by it', () => {
    const sale = { total: 1_000, payments: [{ method: 'card' as const, amount: 400 }, ...inCash(600)] };
    const refunds = [{ total: 300, payments: [{ method: 'card' as const, amount: 300 }] }];
    expect((['card', 'cash', 'voucher'] as const).map((method) => leftToRefund(sale, refunds, method))).toEqual([
      100, 600, 0,
    ]);
  });

  it('where more than was paid by a method went back by it, nothing of it is left', () => {
    const sale = { total: 1_000, payments: [{ method: 'card' as const, amount: 1_000 }] };
    expect(leftToRefund(sale, [{ total: 200, payments: inCash(200) }], 'cash')).toBe(0);
  });
});
