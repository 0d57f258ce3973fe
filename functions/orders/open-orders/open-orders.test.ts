import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLimited, withOneLess, withOneMore } from './open-orders.ts';

const nothing = { orders: 0, pieces: 0 };
const most = { orders: 2, pieces: 10 };

describe('the open orders of a customer', () => {
  it('an order is counted up to the most orders, and the next is refused', () => {
    const full = withOneMore(withOneMore(nothing, 1, most), 1, most);
    expect(full).toEqual({ orders: 2, pieces: 2 });
    expect(() => withOneMore(full, 1, most)).toThrow(
      expect.objectContaining({ code: 'too-many-open-orders', message: '2 orders are open, of 2 at most' }),
    );
  });
  it('an order is counted up to the most pieces, and one with more is refused even if it is the first', () => {
    expect(withOneMore(nothing, 10, most)).toEqual({ orders: 1, pieces: 10 });
    expect(() => withOneMore(nothing, 11, most)).toThrow('0 pieces are ordered and not shipped');
  });
  it('a limit of zero open orders or pieces limits nothing', () => {
    expect(withOneMore({ orders: 999, pieces: 999 }, 9, { orders: 0, pieces: 0 })).toEqual({
      orders: 1000,
      pieces: 1008,
    });
    expect([isLimited({ orders: 0, pieces: 0 }), isLimited({ orders: 0, pieces: 1 })]).toEqual([false, true]);
  });
  it('the count of open orders falls by as much as it rose with each order, and is gone with the last one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        const free = { orders: 0, pieces: 0 };
        const full = sizes.reduce((count, pieces) => withOneMore(count, pieces, free), nothing);
        const left = sizes.reduce<typeof nothing | undefined>(
          (count, pieces) => (count === undefined ? undefined : withOneLess(count, pieces)),
          full,
        );
        expect(left).toBeUndefined();
      }),
    );
  });
});
