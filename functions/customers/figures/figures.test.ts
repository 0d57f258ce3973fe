import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noFigures, ordersMore, type Purchase, plus, spentMore } from './figures.ts';

describe('the figures of a customer', () => {
  it('an order counts from its confirmation to its cancellation, and a transaction by its kind', () => {
    expect(ordersMore('pending', 'confirmed')).toBe(1);
    expect(ordersMore('confirmed', 'shipped')).toBe(0);
    expect(ordersMore('confirmed', 'cancelled')).toBe(-1);
    expect(ordersMore('pending', 'cancelled')).toBe(0);
    const kinds = ['sale', 'refund', 'void', 'paid-in'] as const;
    expect(kinds.map((kind) => spentMore(kind, 1_249))).toEqual([1_249, -1_249, -1_249, undefined]);
  });

  it('figures are the same in whatever order purchases come', () => {
    const purchase = fc.record({
      orders: fc.constantFrom(-1, 0, 1),
      spent: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      boughtAt: fc.option(fc.constantFrom('2026-11-22T10:00:00.000Z', '2026-11-23T10:00:00.000Z'), { nil: undefined }),
    });
    const all = (purchases: readonly Purchase[]) => purchases.reduce(plus, noFigures);
    fc.assert(
      fc.property(fc.array(purchase), (purchases) => {
        expect(all(purchases.toReversed())).toEqual(all(purchases));
      }),
    );
  });
});
