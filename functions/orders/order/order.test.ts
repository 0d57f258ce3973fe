import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderStatus } from '../../../shared/events/contracts/orders.ts';
import { given } from '../../../tests/rigs/model/decider.ts';
import { aConfirmedOrder, aPendingOrder, aPlacement, aRejectedOrder, aShippedOrder } from './order.examples.ts';
import { cancel, expire, moveTo, Order, place, settle } from './order.ts';

const tooLittle = {
  reason: 'insufficient-stock',
  shortages: [{ itemId: 'ITEM-001', requested: 2, available: 1 }],
} as const;

describe('placing an order', () => {
  it('a placed order asks for its stock, and its total is computed from the prices', () => {
    const [created] = place(aPlacement);
    expect(created).toMatchObject({ type: 'order.created', data: { totalAmount: 250_000, location: 'main' } });
  });
  it('a placed order is pending until it expires', () => {
    given(Order).when(place, aPlacement).thenState(aPendingOrder);
  });
  it('a placed order is refused if the customer expects another total', () => {
    given(Order)
      .when(place, { ...aPlacement, expectedTotal: 249_999 })
      .isRefused('total-mismatch', { kind: 'content', detail: 'the items come to 2500.00, not 2499.99' });
  });
  it('a placed order is accepted if the customer expects no total', () => {
    given(Order)
      .when(place, { ...aPlacement, expectedTotal: undefined })
      .then(['order.created']);
  });
});

describe('the decision of inventory', () => {
  it('a confirmed order no longer expires', () => {
    given(Order, aPendingOrder).when(settle, 'confirmed').thenState(aConfirmedOrder);
  });
  it('a rejected order records what there was too little of', () => {
    given(Order, aPendingOrder).when(settle, 'rejected', tooLittle).thenState(aRejectedOrder);
  });
  it('a late decision of inventory does not change an order that is already decided', () => {
    for (const order of [aConfirmedOrder, aRejectedOrder, aShippedOrder]) {
      given(Order, order).when(settle, 'confirmed').then([]);
      given(Order, order).when(settle, 'rejected', tooLittle).then([]);
    }
  });
});

describe('an order whose time is up', () => {
  const until = '2026-11-29T10:00:00.000Z';

  it('a confirmed order may stay for as long as is said, and a shipped one for ever', () => {
    const { state: held } = given(Order, aPendingOrder).when(settle, 'confirmed', { expiresAt: until });
    expect(held).toEqual({ ...aConfirmedOrder, dueAt: until });
    given(Order, held).when(moveTo, 'shipped').thenState(aShippedOrder);
  });
  it.each([
    [aPendingOrder, 'timed-out'],
    [{ ...aConfirmedOrder, dueAt: until }, 'not-shipped'],
  ] as const)('an order is cancelled with the reason of its status', (order, reason) => {
    const { state: cancelled } = given(Order, order).when(expire);
    expect(cancelled).toMatchObject({ status: 'cancelled', reason });
    expect(cancelled).not.toHaveProperty('dueAt');
  });
});

describe('cancelling an order', () => {
  it('a cancellation records first order.cancelled and then order.status.changed', () => {
    given(Order, aConfirmedOrder).when(cancel, 'by-customer').then(['order.cancelled', 'order.status.changed']);
  });
  it('an order is cancelled only once', () => {
    const { state: cancelled } = given(Order, aPendingOrder).when(cancel, 'by-customer');
    expect(cancelled.status).toBe('cancelled');
    given(Order, cancelled).when(cancel, 'by-staff').then([]);
  });
  it('a cancellation is refused once the order is shipped', () => {
    given(Order, aShippedOrder).when(cancel, 'by-customer').isRefused('illegal-transition');
  });
});

describe('the order statuses', () => {
  it('a status change tells what the order comes to', () => {
    expect(settle(aPendingOrder, 'confirmed')).toMatchObject([{ data: { totalAmount: 250_000 } }]);
  });

  const status = fc.constantFrom(...OrderStatus.options);

  it('a status change is made, was made already, or is refused as illegal', () => {
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
  it('rejected, cancelled and delivered orders cannot change their status', () => {
    for (const over of ['rejected', 'cancelled', 'delivered'] as const) {
      for (const next of OrderStatus.options.filter((one) => one !== over)) {
        expect(() => moveTo({ ...aPendingOrder, status: over }, next)).toThrow('cannot become');
      }
    }
  });
});
