import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rejection } from '../../shared/model/rejection.ts';
import { given } from '../../tests/rigs/model/decider.ts';
import { available, begin, change, reorderAt, Stock, type StockState } from './stock.ts';

const stock: StockState = { itemId: 'ITEM-001', location: 'main', onHand: 10, reserved: 0, reorderPoint: 3 };

describe('a change of stock', () => {
  it('tells what there is afterwards, and why', () => {
    expect(change(stock, { reserved: 4, reason: 'reserved', orderId: 'o1' })[0]?.data).toEqual({
      ...stock,
      reserved: 4,
      available: 6,
      reason: 'reserved',
      orderId: 'o1',
    });
  });
  it('begins the stock of an item that is new to the location, and crosses no threshold', () => {
    given(Stock)
      .when(begin, { itemId: 'ITEM-001', location: 'north', onHand: 5, reason: 'received' })
      .then(['inventory.stock.updated'])
      .thenState({ itemId: 'ITEM-001', location: 'north', onHand: 5, reserved: 0, reorderPoint: 0 });
  });
  it('cannot hold more than there is', () => {
    given(Stock, stock).when(change, { reserved: 11, reason: 'reserved' }).isRefused('insufficient-stock');
  });
  it('cannot free more than is held', () => {
    given(Stock, stock).when(change, { reserved: -1, reason: 'released' }).isRefused('insufficient-stock');
  });
});

describe('thresholds', () => {
  it('warn once when what is available falls to the reorder point', () => {
    const low = { ...stock, reserved: 7 };
    given(Stock, stock)
      .when(change, { reserved: 7, reason: 'reserved' })
      .then(['inventory.stock.updated', 'inventory.stock.warning']);
    given(Stock, low).when(change, { reserved: 1, reason: 'reserved' }).then(['inventory.stock.updated']);
  });
  it('tell when nothing is left', () => {
    given(Stock, stock)
      .when(change, { reserved: 10, reason: 'reserved' })
      .then(['inventory.stock.updated', 'inventory.stock.depleted']);
  });
  it('tell when there is enough again', () => {
    const depleted = { ...stock, reserved: 10 };
    given(Stock, depleted)
      .when(change, { reserved: -7, reason: 'released' })
      .then(['inventory.stock.updated', 'inventory.stock.normalized']);
  });
});

describe('a reorder point', () => {
  it('that rises above what is available warns', () => {
    given(Stock, stock).when(reorderAt, 10).then(['inventory.stock.updated', 'inventory.stock.warning']);
  });
  it('that falls below what is available clears the warning', () => {
    const low = { ...stock, reorderPoint: 10 };
    given(Stock, low).when(reorderAt, 9).then(['inventory.stock.updated', 'inventory.stock.normalized']);
  });
});

describe('whatever is asked', () => {
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

  it('0 <= reserved <= onHand, or it is refused', () => {
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
