import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../shared/money.ts';
import { netOf, refundedTaxes, taxesOf } from './taxes.ts';

const [standard, reduced] = [1_900, 700];
const aLine = fc.record({
  amount: fc.integer({ min: 0, max: 10_000_000 }),
  taxRate: fc.constantFrom(0, 550, reduced, standard, 2_200, 10_000),
});
const lines = fc.array(aLine, { minLength: 1, maxLength: 50 });

describe('the tax of a sale', () => {
  it('tax is computed once for each rate, the highest first', () => {
    const taxes = taxesOf([
      { amount: 750, taxRate: reduced },
      { amount: 2_000, taxRate: standard },
      { amount: 997, taxRate: standard },
    ]);
    expect(taxes).toEqual([
      { rate: standard, gross: 2_997, tax: 479 },
      { rate: reduced, gross: 750, tax: 49 },
    ]);
    expect(netOf(3_747, taxes)).toBe(3_219);
  });

  it('tax never moves the total: 28.90 at 22 % and 1.25 at 10 % are 30.15, of which 24.83 are net', () => {
    const taxes = taxesOf([
      { amount: 2_890, taxRate: 2_200 },
      { amount: 125, taxRate: 1_000 },
    ]);
    expect(taxes.map(({ tax }) => tax)).toEqual([521, 11]);
    expect(netOf(3_015, taxes)).toBe(2_483);
  });

  it('the gross amounts of the rates are the total, whatever its lines', () => {
    fc.assert(
      fc.property(lines, (some) => {
        const taxes = taxesOf(some);
        const total = sum(some.map(({ amount }) => amount));
        expect(sum(taxes.map(({ gross }) => gross))).toBe(total);
        expect(netOf(total, taxes)).toBeLessThanOrEqual(total);
        expect(netOf(total, taxes)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the tax of refunds', () => {
  it('refunds of thirds bring back 0.53, 0.53 and 0.54 at 19 %, which is the tax of the whole', () => {
    const first = refundedTaxes([], [{ amount: 333, taxRate: standard }]);
    const second = refundedTaxes(first, [{ amount: 334, taxRate: standard }]);
    const third = refundedTaxes([...first, ...second], [{ amount: 333, taxRate: standard }]);
    expect([first, second, third].flat().map(({ tax }) => tax)).toEqual([53, 53, 54]);
    expect(taxesOf([{ amount: 1_000, taxRate: standard }])[0]?.tax).toBe(160);
  });

  it('refunds never bring back more tax of a rate than the sale had, and all of it when everything has gone back', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 8 }), (refunds) => {
        const ofSale = taxesOf(refunds.flat());
        let before = refundedTaxes([], []);
        for (const refund of refunds) {
          const taxes = refundedTaxes(before, refund);
          for (const { tax } of taxes) expect(tax).toBeGreaterThanOrEqual(0);
          before = [...before, ...taxes];
          for (const { rate, tax } of ofSale) expect(ofRate(before, rate)).toBeLessThanOrEqual(tax);
        }
        for (const { rate, tax } of ofSale) expect(ofRate(before, rate)).toBe(tax);
      }),
    );
  });
});

function ofRate(taxes: ReturnType<typeof taxesOf>, rate: number): number {
  return sum(taxes.filter((one) => one.rate === rate).map(({ tax }) => tax));
}
