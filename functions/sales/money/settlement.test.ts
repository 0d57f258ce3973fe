import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../shared/money.ts';
import { roundedCash, settle, type Tender } from './settlement.ts';

const cash = (amount: number, tendered?: number): Tender => ({ method: 'cash', amount, tendered });
const card = (amount: number): Tender => ({ method: 'card', amount });
const voucher = (amount: number): Tender => ({ method: 'voucher', amount });

describe('the payments of a sale', () => {
  it('the change is what was tendered beyond what stays', () => {
    expect(settle(3_747, [cash(3_747, 5_000)], 1)).toEqual({ rounding: 0, change: 1_253 });
  });

  it.each([
    ['12.91 in cash', 1_291, [cash(1_290)], -1],
    ['12.93, of which 10.00 by card', 1_293, [card(1_000), cash(295)], 2],
    ['0.02 in cash, which is less than any coin', 2, [cash(0)], -2],
    ['12.91 by card', 1_291, [card(1_291)], 0],
    ['12.93 by voucher and card', 1_293, [voucher(293), card(1_000)], 0],
  ])('with coins from 0.05 up, of %s only the cash part is rounded', (_, total, payments, rounding) => {
    expect(settle(total, payments, 5)).toEqual({ rounding, change: 0 });
  });

  it.each([
    ['less than the total', 1_291, [cash(1_285)], '12.91 is to be paid: beside what is not cash 12.90, not 12.85'],
    ['more than the total', 1_291, [cash(1_291)], '12.91 is to be paid: beside what is not cash 12.90, not 12.91'],
    ['rounded, and by card', 1_291, [card(1_290)], '12.91 is to be paid: beside what is not cash 0.01, not 0.00'],
    ['more than the total by card', 500, [card(501), cash(0)], '5.00 is to be paid: what is not cash is 0.01 more'],
    ['nothing', 500, [], '5.00 is to be paid: beside what is not cash 5.00, not 0.00'],
  ])('payments that are %s are refused', (_, total, payments, detail) => {
    expect(() => settle(total, payments, 5)).toThrow(detail);
  });

  it('the payments are the total and its rounding, which is less than a coin, however it is paid', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(1, 5, 10),
        (total, cardShare, voucherShare, coin) => {
          const byCard = Math.floor((total * cardShare) / 300);
          const byVoucher = Math.floor((total * voucherShare) / 300);
          const payments = [card(byCard), voucher(byVoucher), cash(roundedCash(total - byCard - byVoucher, coin))];
          const { rounding } = settle(total, payments, coin);
          expect(sum(payments.map(({ amount }) => amount))).toBe(total + rounding);
          expect(2 * Math.abs(rounding)).toBeLessThanOrEqual(coin);
        },
      ),
    );
  });

  it('half a coin is rounded up', () => {
    expect([roundedCash(1_295, 10), roundedCash(1_294, 10), roundedCash(1_297, 5), roundedCash(1_298, 5)]).toEqual([
      1_300, 1_290, 1_295, 1_300,
    ]);
  });
});
