import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rejection } from '../../../shared/model/rejection.ts';
import { given } from '../../../tests/rigs/model/decider.ts';
import { available, begin, change, reorderAt, Stock, type StockState } from './stock.ts';

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
