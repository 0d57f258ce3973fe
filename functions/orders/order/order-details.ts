import { z } from 'zod';
import { OrderPart, OrderUpdated } from '../../../shared/events/contracts/orders.ts';
import { reject } from '../../../shared/model/aggregate.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { hasTypedReason, type OrderState } from './order.ts';

/** What people write about an order, which no event tells: kept beside it, and gone when the customer is. */
export const OrderDetails = defineProjection({
  kind: 'order-details',
  state: z.object({
    deliveryAddress: z.string().optional(),
    note: z.string().optional(),
    /** Why somebody cancelled it, in their own words. */
    reason: z.string().optional(),
  }),
});
export type OrderDetailsState = ReturnType<typeof OrderDetails.parse>;

/** What is written about an order: beside it, or in it, where version 0.1 has written that, before or since. */
export function detailsOf(order: OrderState, beside: OrderDetailsState = {}): OrderDetailsState {
  const { deliveryAddress, note, reason } = order;
  return { ...beside, ...present({ deliveryAddress, note, reason: hasTypedReason(order) ? reason : undefined }) };
}

/** What is to be written about an order; `null` clears it. */
export interface DetailsWish {
  readonly deliveryAddress?: string | null | undefined;
  readonly note?: string | null | undefined;
}

/**
 * Changes what is named, keeps what is not; naming what is there already changes nothing, whatever has become of the order.
 *
 * @throws Rejection illegal-transition once the order is shipped or over.
 */
export function update(order: OrderState, wish: DetailsWish, beside?: OrderDetailsState) {
  const before = detailsOf(order, beside);
  const after = merged(before, wish);
  const events = updated(order, (part) => after[part] !== before[part]);
  if (events.length > 0 && order.status !== 'pending' && order.status !== 'confirmed')
    throw reject('illegal-transition', `the order is ${order.status} and cannot be changed`);
  return { events, beside: after };
}

/** As a JSON Merge Patch does it (RFC 7396). */
function merged({ reason, ...before }: OrderDetailsState, wish: DetailsWish): OrderDetailsState {
  const { deliveryAddress = before.deliveryAddress, note = before.note } = wish;
  return present({ deliveryAddress: deliveryAddress ?? undefined, note: note ?? undefined, reason });
}

/** Leaves what a shop has to keep of an order: not where it went, nor what anybody wrote about it. */
export function forget(order: OrderState, beside?: OrderDetailsState) {
  const known = detailsOf(order, beside);
  return updated(order, (part) => known[part] !== undefined);
}

function updated({ orderId, customerId, location }: OrderState, isChanged: (part: OrderPart) => boolean) {
  const changed = OrderPart.options.filter(isChanged);
  return changed.length === 0 ? [] : [OrderUpdated({ orderId, customerId, location, changed })];
}

function present(details: OrderDetailsState): OrderDetailsState {
  return Object.fromEntries(Object.entries(details).filter(([, text]) => text !== undefined));
}
