import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderStatus } from '../../../shared/events/contracts/orders.ts';
import { given } from '../../../tests/rigs/model/decider.ts';
import { aConfirmedOrder, aPendingOrder, aPlacement, aRejectedOrder, aShippedOrder } from './order.examples.ts';
import { cancel, forget, moveTo, Order, place, settle, update } from './order.ts';

describe('placing', () => {
  it('asks for the stock, at the total that the prices make', () => {
    const [created] = place(aPlacement);
    expect(created).toMatchObject({ type: 'order.created', data: { totalAmount: 250_000, location: 'main' } });
  });
  it('begins an order that is pending until it expires', () => {
    given(Order).when(place, aPlacement).thenState(aPendingOrder);
  });
  it('is refused where the customer expects another total', () => {
    given(Order)
      .when(place, { ...aPlacement, expectedTotal: 249_999 })
      .isRefused('total-mismatch', { kind: 'content', detail: 'the items come to 2500.00, not 2499.99' });
  });
  it('leaves the total to us where the customer expects none', () => {
    given(Order)
      .when(place, { ...aPlacement, expectedTotal: undefined })
      .then(['order.created']);
  });
});

describe('inventory decides', () => {
  it('a confirmed order does not expire any more', () => {
    given(Order, aPendingOrder).when(settle, 'confirmed').thenState(aConfirmedOrder);
  });
  it('a rejected order says why', () => {
    given(Order, aPendingOrder).when(settle, 'rejected', 'insufficient-stock').thenState(aRejectedOrder);
  });
  it('too late for an order that was decided without it, which changes nothing', () => {
    for (const order of [aConfirmedOrder, aRejectedOrder, aShippedOrder]) {
      given(Order, order).when(settle, 'confirmed').then([]);
      given(Order, order).when(settle, 'rejected', 'insufficient-stock').then([]);
    }
  });
});

describe('cancelling', () => {
  it('tells inventory and everyone else, in that order', () => {
    given(Order, aConfirmedOrder).when(cancel, 'changed my mind').then(['order.cancelled', 'order.status.changed']);
  });
  it('is done once', () => {
    const { state: cancelled } = given(Order, aPendingOrder).when(cancel, 'changed my mind');
    expect(cancelled.status).toBe('cancelled');
    given(Order, cancelled).when(cancel, 'again').then([]);
  });
  it('is refused once the parcel is on its way', () => {
    given(Order, aShippedOrder).when(cancel, 'too late').isRefused('illegal-transition');
  });
});

describe('changing what an order says', () => {
  it('changes what is named and keeps the rest', () => {
    const { state: noted } = given(Order, aPendingOrder).when(update, { note: 'ring twice' });
    given(Order, noted)
      .when(update, { deliveryAddress: 'Main Street 1' })
      .thenState({ ...aPendingOrder, note: 'ring twice', deliveryAddress: 'Main Street 1' });
  });
  it('tells nobody where it is as it was', () => {
    const noted = { ...aConfirmedOrder, note: 'ring twice' };
    given(Order, noted).when(update, { note: 'ring twice' }).then([]);
  });
  it('is refused once the parcel is on its way', () => {
    given(Order, aShippedOrder).when(update, { note: 'too late' }).isRefused('illegal-transition');
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
        expect(events.reduce(Order.apply, order).status).toBe(to);
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
    given(Order, addressed).when(forget).thenState(aShippedOrder);
  });
  it('is forgotten once', () => {
    given(Order, aShippedOrder).when(forget).then([]);
  });
});
