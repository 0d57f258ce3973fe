import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rejection } from '../../../shared/model/rejection.ts';
import { given } from '../../../tests/rigs/model/decider.ts';
import { available, begin, change, noStock, reorderAt, Stock, type StockState, sell } from './stock.ts';

const stock: StockState = { itemId: 'ITEM-001', location: 'main', onHand: 10, reserved: 0, reorderPoint: 3 };

describe('a change of stock', () => {
  it('a change of stock records the new quantities and the reason', () => {
    expect(change(stock, { reserved: 4, reason: 'reserved', orderId: 'o1' })[0]?.data).toEqual({
      ...stock,
      reserved: 4,
      available: 6,
      reason: 'reserved',
      orderId: 'o1',
    });
  });
  it('the first change of stock at a location begins the item there without crossing a threshold', () => {
    given(Stock)
      .when(begin, { itemId: 'ITEM-001', location: 'north', onHand: 5, reason: 'received' })
      .then(['inventory.stock.updated'])
      .thenState({ itemId: 'ITEM-001', location: 'north', onHand: 5, reserved: 0, reorderPoint: 0 });
  });
  it('a change of stock that reserves more than is on hand is refused', () => {
    given(Stock, stock).when(change, { reserved: 11, reason: 'reserved' }).isRefused('insufficient-stock');
  });
  it('a change of stock that releases more than is reserved is refused', () => {
    given(Stock, stock).when(change, { reserved: -1, reason: 'released' }).isRefused('insufficient-stock');
  });
});

describe('stock thresholds', () => {
  it('a warning is recorded once when available stock falls to the reorder point', () => {
    const low = { ...stock, reserved: 7 };
    given(Stock, stock)
      .when(change, { reserved: 7, reason: 'reserved' })
      .then(['inventory.stock.updated', 'inventory.stock.warning']);
    given(Stock, low).when(change, { reserved: 1, reason: 'reserved' }).then(['inventory.stock.updated']);
  });
  it('a depletion is recorded when nothing is available any more', () => {
    given(Stock, stock)
      .when(change, { reserved: 10, reason: 'reserved' })
      .then(['inventory.stock.updated', 'inventory.stock.depleted']);
  });
  it('stock is recorded as normal when enough is available again', () => {
    const depleted = { ...stock, reserved: 10 };
    given(Stock, depleted)
      .when(change, { reserved: -7, reason: 'released' })
      .then(['inventory.stock.updated', 'inventory.stock.normalized']);
  });
});

describe('stock that is sold at a till', () => {
  const two = { ...stock, onHand: 2, reorderPoint: 0 };
  const sold = { quantity: 3, reason: 'sold', reference: 'sale/s1' };

  it('a sale of more than there was leaves nothing, tells what was short, and of the depletion once', () => {
    given(Stock, two)
      .when(sell, sold)
      .then(['inventory.stock.updated', 'inventory.stock.depleted'])
      .thenState({ ...two, onHand: 0 });
    expect(sell(two, sold)[0]?.data).toMatchObject({ onHand: 0, shortage: 1, reason: 'sold', reference: 'sale/s1' });
    given(Stock, { ...two, onHand: 0 })
      .when(sell, sold)
      .then(['inventory.stock.updated']);
  });
  it('a sale takes nothing that is held for orders, and what it would have taken is short', () => {
    const held = { ...two, reserved: 2 };
    given(Stock, held).when(sell, sold).then(['inventory.stock.updated']).thenState(held);
    expect(sell(held, sold)[0]?.data).toMatchObject({ onHand: 2, shortage: 3 });
  });
  it('a sale that there was enough for has no shortage', () => {
    expect(sell(stock, { quantity: 10, reason: 'sold' })[0]?.data).not.toHaveProperty('shortage');
  });
  it('a sale of an item that was never there begins it at nothing, all of it short', () => {
    const [updated, ...crossings] = sell(noStock('ITEM-001', 'berlin'), sold);
    expect(updated?.data).toMatchObject({ location: 'berlin', onHand: 0, shortage: 3 });
    expect(crossings).toEqual([]);
  });
  it('a sale does not take what of it has come back already', () => {
    expect(sell(two, { ...sold, returned: 1 })[0]?.data).toMatchObject({ onHand: 1, shortage: 2 });
  });
});

describe('the reorder point', () => {
  it('a reorder point that rises above the available stock causes a warning', () => {
    given(Stock, stock).when(reorderAt, 10).then(['inventory.stock.updated', 'inventory.stock.warning']);
  });
  it('a reorder point that falls below the available stock clears the warning', () => {
    const low = { ...stock, reorderPoint: 10 };
    given(Stock, low).when(reorderAt, 9).then(['inventory.stock.updated', 'inventory.stock.normalized']);
  });
});

describe('the stock invariant', () => {
  const anyStock = fc.record({ onHand: fc.nat(100), held: fc.nat(100), reorderPoint: fc.nat(20) }).map(
    ({ onHand, held, reorderPoint }): StockState => ({
      ...stock,
      onHand,
      reserved: Math.min(held, onHand),
      reorderPoint,
    }),
  );
  const anyChange = fc.record({
    onHand: fc.integer({ min: -50, max: 50 }),
    reserved: fc.integer({ min: -50, max: 50 }),
  });

  it('after any sale what is held is there, and what was short is what was not taken', () => {
    const pieces = fc.nat(100);
    fc.assert(
      fc.property(anyStock, pieces, pieces, (start, sold, back) => {
        const quantity = sold + 1;
        const [told] = sell(start, { quantity, returned: Math.min(back, quantity), reason: 'sold' });
        if (told?.type !== 'inventory.stock.updated') throw new Error('a sale is told of first');
        const { onHand, reserved, shortage = 0 } = told.data;
        expect(reserved).toBe(start.reserved);
        expect(onHand).toBeGreaterThanOrEqual(reserved);
        expect(start.onHand - onHand + shortage).toBe(quantity);
      }),
    );
  });

  it('after any sequence of changes 0 <= reserved <= onHand holds', () => {
    fc.assert(
      fc.property(anyStock, fc.array(anyChange), (start, changes) => {
        let state = start;
        for (const asked of changes) {
          try {
            state = change(state, { ...asked, reason: 'test' }).reduce(Stock.apply, state);
          } catch (error) {
            expect(error).toBeInstanceOf(Rejection);
          }
          expect(state.reserved).toBeGreaterThanOrEqual(0);
          expect(state.onHand).toBeGreaterThanOrEqual(state.reserved);
          expect(available(state)).toBe(state.onHand - state.reserved);
        }
      }),
    );
  });
});
