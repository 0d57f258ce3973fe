import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderStatus } from '../../../shared/events/contracts/orders.ts';
import { aConfirmedOrder, aPendingOrder, aPlacement, aRejectedOrder, aShippedOrder } from './order.examples.ts';
import { cancel, forget, moveTo, Order, place, settle, update } from './order.ts';

const afterwards = (order: typeof aPendingOrder, events: Parameters<typeof Order.apply>[1][]) =>
  events.reduce(Order.apply, order);

describe('placing', () => {
  it('asks for the stock, at the total that the prices make', () => {
    const [created] = place(aPlacement);
    expect(created).toMatchObject({ type: 'order.created', data: { totalAmount: 250_000, location: 'main' } });
  });
  it('begins an order that is pending until it expires', () => {
    const [created] = place(aPlacement);
    expect(created && Order.apply(undefined, created)).toEqual(aPendingOrder);
  });
  it('is refused where the customer expects another total', () => {
    expect(() => place({ ...aPlacement, expectedTotal: 249_999 })).toThrow(
      expect.objectContaining({
        code: 'total-mismatch',
        kind: 'content',
        message: 'the items come to 2500.00, not 2499.99',
      }),
    );
  });
  it('leaves the total to us where the customer expects none', () => {
    expect(place({ ...aPlacement, expectedTotal: undefined })).toHaveLength(1);
  });
});

describe('inventory decides', () => {
  it('a confirmed order does not expire any more', () => {
    expect(afterwards(aPendingOrder, settle(aPendingOrder, 'confirmed'))).toEqual(aConfirmedOrder);
  });
  it('a rejected order says why', () => {
    expect(afterwards(aPendingOrder, settle(aPendingOrder, 'rejected', 'insufficient-stock'))).toEqual(aRejectedOrder);
  });
  it('too late for an order that was decided without it, which changes nothing', () => {
    for (const order of [aConfirmedOrder, aRejectedOrder, aShippedOrder]) {
      expect(settle(order, 'confirmed')).toEqual([]);
      expect(settle(order, 'rejected', 'insufficient-stock')).toEqual([]);
    }
  });
});

describe('cancelling', () => {
  it('tells inventory and everyone else, in that order', () => {
    expect(cancel(aConfirmedOrder, 'changed my mind').map(({ type }) => type)).toEqual([
      'order.cancelled',
      'order.status.changed',
    ]);
  });
  it('is done once', () => {
    const cancelled = afterwards(aPendingOrder, cancel(aPendingOrder, 'changed my mind'));
    expect(cancelled.status).toBe('cancelled');
    expect(cancel(cancelled, 'again')).toEqual([]);
  });
  it('is refused once the parcel is on its way', () => {
    expect(() => cancel(aShippedOrder, 'too late')).toThrow(expect.objectContaining({ code: 'illegal-transition' }));
  });
});

describe('changing what an order says', () => {
  it('changes what is named and keeps the rest', () => {
    const noted = afterwards(aPendingOrder, update(aPendingOrder, { note: 'ring twice' }));
    const addressed = afterwards(noted, update(noted, { deliveryAddress: 'Main Street 1' }));
    expect(addressed).toEqual({ ...aPendingOrder, note: 'ring twice', deliveryAddress: 'Main Street 1' });
  });
  it('tells nobody where it is as it was', () => {
    const noted = { ...aConfirmedOrder, note: 'ring twice' };
    expect(update(noted, { note: 'ring twice' })).toEqual([]);
  });
  it('is refused once the parcel is on its way', () => {
    expect(() => update(aShippedOrder, { note: 'too late' })).toThrow(
      expect.objectContaining({ code: 'illegal-transition' }),
    );
  });
});

describe('the statuses', () => {
  const status = fc.constantFrom(...OrderStatus.options);

  it('a move is done, was done, or is refused, and never anything else', () => {
    fc.assert(
      fc.property(status, status, (from, to) => {
        const order = { ...aPendingOrder, status: from };
        let events: ReturnType<typeof moveTo>;
        try {
          events = moveTo(order, to);
        } catch (error) {
          expect(error).toMatchObject({ code: 'illegal-transition' });
          return;
        }
        expect(afterwards(order, events).status).toBe(to);
        expect(events).toHaveLength(from === to ? 0 : 1);
      }),
    );
  });
  it('what is over stays over', () => {
    for (const over of ['rejected', 'cancelled', 'delivered'] as const) {
      for (const next of OrderStatus.options.filter((one) => one !== over)) {
        expect(() => moveTo({ ...aPendingOrder, status: over }, next)).toThrow('cannot become');
      }
    }
  });
});

describe('a customer who is gone', () => {
  const addressed = { ...aShippedOrder, deliveryAddress: '1 Main Street', note: 'Ring twice' };

  it('leaves an order without address and note, whatever its status', () => {
    expect(afterwards(addressed, forget(addressed))).toEqual(aShippedOrder);
  });
  it('is forgotten once', () => {
    expect(forget(aShippedOrder)).toEqual([]);
  });
});
