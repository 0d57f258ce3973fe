import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../shared/events/define-event.ts';
import { aPendingOrder, aRejectedOrder, aShippedOrder } from './order.examples.ts';
import { cancel, Order, type OrderState } from './order.ts';
import { detailsOf, forget, type OrderDetailsState, update } from './order-details.ts';
import { viewOf } from './order-view.ts';

const folded = (order: OrderState, events: readonly DomainEvent[]) => events.reduce(Order.apply, order);

/** An order as version 0.1 left it. */
const { hasDetails: _, ...shipped } = aShippedOrder;
const ofOld: OrderState = { ...shipped, deliveryAddress: '1 Main Street', note: 'Ring twice' };
const cancelledByOld: OrderState = { ...shipped, status: 'cancelled', reason: 'my husband is ill' };

describe('changing what is written about an order', () => {
  it('a change keeps what it does not name, and its event tells what has changed and not to what', () => {
    const noted = update(aPendingOrder, { note: 'Ring twice' });
    expect(noted.events).toMatchObject([{ type: 'order.updated', data: { changed: ['note'] } }]);
    const addressed = update(aPendingOrder, { deliveryAddress: '1 Main Street' }, noted.beside);
    expect(addressed.beside).toEqual({ note: 'Ring twice', deliveryAddress: '1 Main Street' });
    expect(JSON.stringify([...noted.events, ...addressed.events])).not.toMatch(/Ring|Street/);
  });
  it('a change to what is written already records nothing', () => {
    expect(update(aPendingOrder, { note: 'Ring twice' }, { note: 'Ring twice' }).events).toEqual([]);
  });
  it('null clears what is written under one name, keeps the rest, and changes nothing the second time', () => {
    const written = { deliveryAddress: '1 Main Street', note: 'Ring twice', reason: 'a reason' };
    const { events, beside } = update(aPendingOrder, { deliveryAddress: null }, written);
    expect(events).toMatchObject([{ data: { changed: ['deliveryAddress'] } }]);
    expect(beside).toEqual({ note: 'Ring twice', reason: 'a reason' });
    expect(update(aPendingOrder, { deliveryAddress: null }, beside).events).toEqual([]);
    expect(update(aPendingOrder, { note: '' }, written).beside).toEqual({ ...written, note: '' });
  });
  it('null clears what version 0.1 wrote into the order', () => {
    const pending: OrderState = { ...ofOld, status: 'pending' };
    const { events, beside } = update(pending, { note: null });
    expect(beside).toEqual({ deliveryAddress: '1 Main Street' });
    expect(folded(pending, events)).toEqual({ ...shipped, status: 'pending' });
  });
  it('a change to what is written already records nothing, and is not refused, once the order is shipped', () => {
    expect(update(aShippedOrder, { note: 'Ring twice' }, { note: 'Ring twice' }).events).toEqual([]);
  });
  it('a change is refused once the order is shipped', () => {
    expect(() => update(aShippedOrder, { note: 'too late' })).toThrow(
      expect.objectContaining({ code: 'illegal-transition' }),
    );
  });
  it('a change moves what version 0.1 wrote into the order to the document beside it', () => {
    const pending: OrderState = { ...ofOld, status: 'pending' };
    const { events, beside } = update(pending, { note: 'Ring once' });
    expect(beside).toEqual({ deliveryAddress: '1 Main Street', note: 'Ring once' });
    expect(folded(pending, events)).toEqual({ ...shipped, status: 'pending' });
  });
  it('what version 0.1 wrote into an order during an upgrade counts before what the document beside it says', () => {
    expect(detailsOf({ ...shipped, note: 'new' }, { note: 'old', deliveryAddress: 'here' })).toEqual({
      note: 'new',
      deliveryAddress: 'here',
    });
  });
});

describe('forgetting what is written about an order', () => {
  const written: OrderDetailsState = { deliveryAddress: '1 Main Street', reason: 'my husband is ill' };

  it.each([
    ['beside it', aShippedOrder, written, ['deliveryAddress', 'reason']],
    ['by version 0.1', ofOld, undefined, ['deliveryAddress', 'note']],
    ['by version 0.1 in a cancellation', cancelledByOld, undefined, ['reason']],
  ] as const)('what was written about an order %s is forgotten once', (__, order, beside, changed) => {
    const events = forget(order, beside);
    expect(events).toMatchObject([{ type: 'order.updated', data: { changed } }]);
    const rest = folded(order, events);
    expect(viewOf({ state: rest, version: 1 })).not.toHaveProperty(changed[0]);
    expect(forget(rest)).toEqual([]);
  });
  it('the codes and items in the reason of an order are nobody’s words, and stay', () => {
    const cancelled = folded(aPendingOrder, cancel(aPendingOrder, 'by-customer'));
    expect([forget(cancelled), forget(aRejectedOrder)]).toEqual([[], []]);
    expect(viewOf({ state: cancelled, version: 1 }).reason).toBe('cancelled by the customer');
  });
});

describe('the mark that something is written about an order', () => {
  it('an order says that nothing is written about it until something may be', () => {
    const { events } = update(aPendingOrder, { note: 'Ring twice' });
    expect(folded(aPendingOrder, events)).not.toHaveProperty('hasDetails');
    expect(folded(aPendingOrder, cancel(aPendingOrder, 'by-customer'))).not.toHaveProperty('hasDetails');
  });
});
