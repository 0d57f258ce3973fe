import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../../../tests/rigs/model/decider.ts';
import { available, type StockState } from '../stock/stock.ts';
import { Reservation, type ReservationState, release, reserve, ship } from './reservation.ts';

const wish = {
  orderId: 'o1',
  location: 'main',
  lines: [
    { itemId: 'A', quantity: 2 },
    { itemId: 'B', quantity: 5 },
  ],
};
const stockOf = (levels: Readonly<Record<string, number>>): ReadonlyMap<string, StockState> =>
  new Map(
    Object.entries(levels).map(([itemId, onHand]) => [
      itemId,
      { itemId, location: 'main', onHand, reserved: 0, reorderPoint: 0 },
    ]),
  );
const held: ReservationState = { orderId: 'o1', location: 'main', status: 'held', lines: wish.lines };

describe('reserving stock', () => {
  it('a reservation holds every line if there is enough of each', () => {
    expect(reserve(wish, stockOf({ A: 2, B: 5 }))).toMatchObject({
      type: 'inventory.stock.reserved',
      data: { lines: wish.lines },
    });
  });
  it('a reservation is refused as a whole if one line is short, and names what is short', () => {
    expect(reserve(wish, stockOf({ A: 2, B: 4 }))).toMatchObject({
      type: 'inventory.reservation.failed',
      data: { reason: 'insufficient-stock', shortages: [{ itemId: 'B', requested: 5, available: 4 }] },
    });
  });
  it('an item that was never in stock counts as short', () => {
    expect(reserve(wish, stockOf({ A: 2 })).data).toMatchObject({ shortages: [{ itemId: 'B', available: 0 }] });
  });
  it('a refused reservation is remembered for as long as the order can be redelivered', () => {
    expect(given(Reservation).when(reserve, wish, stockOf({})).state).toMatchObject({
      status: 'refused',
      lines: [],
      ttl: expect.any(Number),
    });
  });
  it('a reservation holds all of its lines or none', () => {
    const quantities = fc.record({ A: fc.nat(8), B: fc.nat(8) });
    fc.assert(
      fc.property(quantities, (levels) => {
        const stock = stockOf(levels);
        const isEnough = wish.lines.every(({ itemId, quantity }) => {
          const there = stock.get(itemId);
          return there !== undefined && available(there) >= quantity;
        });
        expect(reserve(wish, stock).type).toBe(isEnough ? 'inventory.stock.reserved' : 'inventory.reservation.failed');
      }),
    );
  });
});

describe('releasing a reservation', () => {
  it('a release frees the reserved stock once', () => {
    const data = expect.objectContaining({ lines: wish.lines });
    const { state: released } = given(Reservation, held)
      .when(release, wish)
      .then([{ type: 'inventory.stock.released', data }]);
    expect(released).toMatchObject({ status: 'released' });
    given(Reservation, released).when(release, wish).then([]);
  });
  it('a release frees nothing if the reservation was refused', () => {
    given(Reservation, { ...held, status: 'refused', lines: [] })
      .when(release, wish)
      .then([]);
  });
  it('a release that overtakes its order leaves a tombstone', () => {
    const { state: tombstone } = given(Reservation)
      .when(release, undefined, wish)
      .then([{ type: 'inventory.stock.released', data: expect.objectContaining({ lines: [] }) }]);
    expect(tombstone).toMatchObject({ status: 'released', ttl: expect.any(Number) });
  });
});

describe('shipping a reservation', () => {
  it('a shipment takes the reserved stock once', () => {
    const data = expect.objectContaining({ lines: wish.lines });
    const { state: shipped } = given(Reservation, held)
      .when(ship)
      .then([{ type: 'inventory.stock.shipped', data }]);
    expect(shipped).toMatchObject({ status: 'shipped', ttl: expect.any(Number) });
    given(Reservation, shipped).when(ship).then([]);
  });
  it('a shipped reservation has nothing left to release', () => {
    given(Reservation, { ...held, status: 'shipped' })
      .when(release, wish)
      .then([]);
  });
});
