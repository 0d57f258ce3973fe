import { describe, expect, it } from 'vitest';
import { firstTaxes, hasTax, lastRateOf, rateOn, withTaxes } from './tax-rates.ts';

const today = '2026-11-22';
const first = firstTaxes([
  { name: 'standard', percent: 1_900 },
  { name: 'reduced', percent: 700 },
]);

describe('the tax rates of a shop', () => {
  it('a rate that a shop begins with has always been so', () => {
    expect(rateOn(first, 'standard', '1999-01-01')).toBe(1_900);
    expect(rateOn(first, 'luxury', today)).toBeUndefined();
  });

  it('a rate that changes counts from today, and before it counts what was', () => {
    const after = withTaxes(
      first,
      [
        { name: 'standard', percent: 1_600 },
        { name: 'reduced', percent: 700 },
      ],
      today,
    );
    expect([rateOn(after, 'standard', '2026-11-21'), rateOn(after, 'standard', today)]).toEqual([1_900, 1_600]);
    expect(after.find(({ name }) => name === 'reduced')).toEqual({ name: 'reduced', history: [{ rate: 700 }] });
  });

  it('a rate that is planned counts from its day, and stays planned when the list is said again', () => {
    const said = [
      { name: 'standard', percent: 1_900 },
      { name: 'reduced', percent: 700 },
    ];
    const planned = withTaxes(first, [...said, { name: 'standard', percent: 1_600, validFrom: '2027-01-01' }], today);
    expect([rateOn(planned, 'standard', '2026-12-31'), rateOn(planned, 'standard', '2027-01-01')]).toEqual([
      1_900, 1_600,
    ]);
    expect(withTaxes(planned, said, today)).toEqual(planned);
    const unplanned = withTaxes(planned, [{ name: 'standard', percent: 1_900, validFrom: today }, ...said], today);
    expect(rateOn(unplanned, 'standard', '2027-01-01')).toBe(1_900);
  });

  it('a tax that is not in the list any more ends today, is remembered, and may come again', () => {
    const ended = withTaxes(first, [{ name: 'standard', percent: 1_900 }], today);
    expect([rateOn(ended, 'reduced', '2026-11-21'), rateOn(ended, 'reduced', today)]).toEqual([700, undefined]);
    expect([hasTax(ended, 'reduced'), lastRateOf(ended, 'reduced')]).toEqual([false, 700]);
    const again = withTaxes(
      ended,
      [
        { name: 'standard', percent: 1_900 },
        { name: 'reduced', percent: 500 },
      ],
      '2026-12-01',
    );
    expect([rateOn(again, 'reduced', '2026-11-30'), rateOn(again, 'reduced', '2026-12-01')]).toEqual([undefined, 500]);
  });
});
