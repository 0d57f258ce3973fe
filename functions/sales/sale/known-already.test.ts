import { describe, expect, it } from 'vitest';
import { cancel } from './cancel.ts';
import { isKnownAlready } from './known-already.ts';
import type { SaidSale } from './said-sale.ts';
import { aSale, saleA, saleAfter } from './sale.examples.ts';

const { payments: _, ...unpaid } = saleA;
const parkedA: SaidSale = { ...unpaid, revision: 2 };
const reasons = { reasonCode: 'mistake', by: 'anna', at: '2026-11-22T10:10:00.000Z' };
const known = (said: SaidSale, sale = aSale()) => isKnownAlready(sale, said, (sessionId) => sessionId === 'session-1');

describe('a completed sale that is sent again', () => {
  it.each([
    ['as it was', {}],
    ['with what the till had left out', { totalAmount: 3_747, soldAt: '2026-11-22T10:00:00.000Z' }],
    ['as one without the network', { offline: true }],
    ['with its prices, taxes and discounts named', { lines: namedLines(999) }],
  ])('a sale that is sent %s is known', (_what, more) => {
    expect(known({ ...saleA, ...more })).toBe(true);
  });

  it.each([
    ['another total', { totalAmount: 3_748 }],
    ['another price', { lines: namedLines(998) }],
    ['another tax', { lines: namedLines(999).map((line) => ({ ...line, tax: 'standard' })) }],
    ['other lines', { lines: namedLines(999).toReversed() }],
    ['a line less', { lines: namedLines(999).slice(1) }],
    ['another customer', { customerId: 'CUST-1' }],
    ['another session', { sessionId: 'session-2' }],
    ['another time', { soldAt: '2026-11-22T10:00:00.001Z' }],
    ['another note', { payments: [{ method: 'cash' as const, amount: 3_747, tendered: 4_000 }] }],
    ['another payment', { payments: [{ method: 'card' as const, amount: 3_747 }] }],
  ])('a sale that is sent with %s is another sale', (_what, more) => {
    expect(() => known({ ...saleA, ...more })).toThrow('the sale sale-1 is completed, and another one than this');
  });

  it('a sale under a tax that the shop had not is known when it is sent again', () => {
    const said = { ...saleA, offline: true, lines: [{ itemId: 'TEA', quantity: 3, tax: 'luxury' }] };
    const sale = aSale({ ...said, payments: [{ method: 'cash', amount: 2_997 }] });
    expect(known({ ...said, payments: [{ method: 'cash', amount: 2_997 }] }, sale)).toBe(true);
  });

  it('what a till sent while it was parked comes late and changes nothing', () => {
    expect(known({ ...parkedA, lines: [] })).toBe(true);
    const revised = aSale({ ...saleA, revision: 3 });
    expect(known({ ...parkedA, lines: [] }, revised)).toBe(true);
    expect(() => known({ ...parkedA, revision: 4, lines: [] }, revised)).toThrow('another one than this');
  });

  it('a voided sale that is sent again is known, and stays voided', () => {
    expect(known(saleA, saleAfter(aSale(), cancel(aSale(), reasons)))).toBe(true);
  });
});

describe('a parked sale that is sent again', () => {
  const sale = aSale(parkedA);

  it('an older change of a parked sale is known, whatever it says, and a newer one is not, even if it says the same', () => {
    expect(known({ ...parkedA, revision: 1, lines: [] }, sale)).toBe(true);
    expect(known(parkedA, sale)).toBe(true);
    expect(known({ ...parkedA, revision: 3 }, sale)).toBe(false);
  });

  it('one change with two contents is refused', () => {
    expect(() => known({ ...parkedA, lines: [] }, sale)).toThrow('the sale sale-1 is open, and another one than this');
  });

  it('of a till that counts no changes the last word counts', () => {
    const { revision: __, ...uncounted } = parkedA;
    expect(known(uncounted, aSale(uncounted))).toBe(true);
    expect(known({ ...uncounted, lines: namedLines(999).slice(1) }, aSale(uncounted))).toBe(false);
  });

  it('the payment of a parked sale is news', () => {
    expect(known(saleA, sale)).toBe(false);
  });

  it('a parked sale that is cancelled is not changed by what it was, and not completed', () => {
    const cancelled = saleAfter(sale, cancel(sale, reasons));
    expect(known(parkedA, cancelled)).toBe(true);
    expect(known({ ...parkedA, revision: 1, lines: [] }, cancelled)).toBe(true);
    expect(() => known(saleA, cancelled)).toThrow('the sale sale-1 is cancelled');
    expect(() => known({ ...parkedA, revision: 3, lines: [] }, cancelled)).toThrow('the sale sale-1 is cancelled');
  });

  it('that a parked sale was paid without the network is news though it is cancelled here, and its changes are none', () => {
    const cancelled = saleAfter(sale, cancel(sale, reasons));
    expect(known({ ...saleA, offline: true }, cancelled)).toBe(false);
    expect(known({ ...parkedA, revision: 3, offline: true, lines: [] }, cancelled)).toBe(true);
  });
});

function namedLines(teaPrice: number) {
  return [
    { itemId: 'TEA', quantity: 3, unitPrice: teaPrice, discount: 0, tax: 'standard' },
    { itemId: 'MILK', quantity: 3, unitPrice: 250, tax: 'reduced' },
  ];
}
