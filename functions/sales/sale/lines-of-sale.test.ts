import { describe, expect, it } from 'vitest';
import { linesOfSale } from './lines-of-sale.ts';
import type { SaidLine } from './said-sale.ts';
import { grounds, priceOf, saleA } from './sale.examples.ts';

const dearer = { price: 1_099, before: { price: 999, until: '2026-11-22T10:00:00.000Z' } };
const teaAt = (unitPrice?: number, more: Partial<SaidLine> = {}) => ({
  ...saleA,
  lines: [{ itemId: 'TEA', quantity: 1, unitPrice, ...more }],
});
const since10 = { ...grounds, priceOf: () => priceOf('TEA', dearer) };
const before = { ...since10, soldAt: '2026-11-22T09:59:00.000Z' };
const later = { ...since10, soldAt: '2026-11-22T10:01:00.000Z' };
const rungUpFor = (unitPrice: number) => [
  { line: 1, itemId: 'TEA', quantity: 1, unitPrice, discount: 0, taxRate: 1_900 },
];

describe('the price of a line', () => {
  it('a line that names no price has the one that held when it was sold', () => {
    expect(linesOfSale(teaAt(), later).total).toBe(1_099);
    expect(linesOfSale(teaAt(), before).total).toBe(999);
  });

  it('what was sold before a price changed is right at the price before, and what was sold since is not', () => {
    expect(linesOfSale(teaAt(999), before)).toMatchObject({ total: 999, flags: [] });
    expect(() => linesOfSale(teaAt(999), later)).toThrow('the price of TEA was 10.99, not 9.99');
    expect(() => linesOfSale(teaAt(1_099), before)).toThrow('the price of TEA was 9.99, not 10.99');
  });

  it('a line keeps the price at which it was rung up, and may have the one that holds now', () => {
    const parked = { ...later, parked: rungUpFor(999) };
    expect(linesOfSale(teaAt(999), parked).total).toBe(999);
    expect(linesOfSale(teaAt(), parked).total).toBe(999);
    expect(linesOfSale(teaAt(1_099), parked).total).toBe(1_099);
    expect(() => linesOfSale(teaAt(998), parked)).toThrow('the price of TEA was 10.99');
  });

  it('a manager sells at any price, and not what is not sold', () => {
    const manager = { ...later, isAnyPriceRight: true };
    expect(linesOfSale(teaAt(1), manager)).toMatchObject({ total: 1, flags: [] });
    expect(() => linesOfSale(teaAt(1), { ...manager, priceOf: () => undefined })).toThrow('there is no item TEA');
    const archived = { ...manager, priceOf: () => priceOf('TEA', { isSold: false }) };
    expect(() => linesOfSale(teaAt(1), archived)).toThrow('the item TEA is not sold any more');
  });

  it('what was sold without the network is taken at its price, and flagged where that is not right', () => {
    const offline = { ...teaAt(999), offline: true };
    expect(linesOfSale(offline, later)).toMatchObject({ total: 999, flags: ['price'] });
    expect(linesOfSale(offline, before).flags).toEqual([]);
    expect(linesOfSale(offline, { ...before, priceOf: () => undefined }).flags).toEqual(['price']);
    const archived = { ...before, priceOf: () => priceOf('TEA', { ...dearer, isSold: false }) };
    expect(linesOfSale(offline, archived).flags).toEqual(['archived']);
  });

  it('a sale without the network that is not paid has not happened: what differs is refused', () => {
    const parked = { ...teaAt(999), offline: true, payments: undefined };
    expect(() => linesOfSale(parked, later)).toThrow('the price of TEA was 10.99');
  });

  it('of an item that nobody knows the price has to be named, even without the network', () => {
    const unpriced = { ...teaAt(), offline: true };
    expect(() => linesOfSale(unpriced, { ...grounds, priceOf: () => undefined })).toThrow('there is no item TEA');
  });
});

describe('the tax of a line', () => {
  it('a line bears the tax that it names, else that of the shop', () => {
    expect(linesOfSale(saleA, grounds).lines.map(({ taxRate }) => taxRate)).toEqual([1_900, 700]);
  });

  it('a rate counts from its first day on, by the clocks of the shop', () => {
    const history = [{ rate: 1_900 }, { validFrom: '2026-11-23', rate: 2_100 }];
    const shop = { ...grounds.shop, taxRates: [{ name: 'standard', history }] };
    const rateAt = (soldAt: string) => linesOfSale(teaAt(), { ...grounds, shop, soldAt }).lines[0]?.taxRate;
    expect(rateAt('2026-11-22T22:59:59.999Z')).toBe(1_900);
    expect(rateAt('2026-11-22T23:00:00.000Z')).toBe(2_100);
  });

  it('a tax that the shop has not is refused, and flagged at the default rate where it has happened', () => {
    const luxury = teaAt(999, { tax: 'luxury' });
    expect(() => linesOfSale(luxury, grounds)).toThrow('the shop has no tax luxury on 2026-11-22');
    expect(linesOfSale({ ...luxury, offline: true }, grounds)).toMatchObject({
      lines: [{ taxRate: 1_900 }],
      flags: ['tax'],
    });
  });

  it('what has happened under a tax that the shop has no longer bears what that was last', () => {
    const ended = { name: 'luxury', history: [{ rate: 3_000 }, { validFrom: '2026-11-01' }] };
    const shop = { ...grounds.shop, taxRates: [...grounds.shop.taxRates, ended] };
    const offline = { ...teaAt(999, { tax: 'luxury' }), offline: true };
    expect(linesOfSale(offline, { ...grounds, shop })).toMatchObject({ lines: [{ taxRate: 3_000 }], flags: ['tax'] });
  });

  it('a line that names no tax keeps the one at which it was rung up', () => {
    const parked = rungUpFor(999).map((line) => ({ ...line, taxRate: 700 }));
    expect(linesOfSale(teaAt(), { ...grounds, parked }).lines[0]?.taxRate).toBe(700);
  });
});

describe('the total of a sale', () => {
  it('a total that the till expects has to be what the lines come to, even without the network', () => {
    expect(linesOfSale({ ...saleA, totalAmount: 3_747 }, grounds).total).toBe(3_747);
    for (const offline of [false, true])
      expect(() => linesOfSale({ ...saleA, offline, totalAmount: 3_746 }, grounds)).toThrow(
        'the lines come to 37.47, not 37.46',
      );
  });

  it('a discount is money off the line, and at most the line', () => {
    expect(linesOfSale(teaAt(999, { discount: 999 }), grounds).total).toBe(0);
    expect(() => linesOfSale(teaAt(999, { discount: 1_000 }), grounds)).toThrow(
      'lines.0.discount is more than the line, which comes to 9.99',
    );
  });

  it('a total that is not exact any more is refused', () => {
    const dear = { ...grounds, isAnyPriceRight: true };
    const lines = ['TEA', 'MILK'].map((itemId) => ({ itemId, quantity: 10_000, unitPrice: 100_000_000_000 }));
    expect(() => linesOfSale({ ...saleA, lines }, dear)).toThrow('a sale to at most 10000000000000.00');
  });
});
