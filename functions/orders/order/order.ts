import { z } from 'zod';
import { CustomerId, Location } from '../../../shared/events/contracts/identifiers.ts';
import {
  OrderCancelled,
  OrderCreated,
  OrderLine,
  OrderStatus,
  OrderStatusChanged,
  OrderUpdated,
} from '../../../shared/events/contracts/orders.ts';
import { defineAggregate, reject, rejectContent } from '../../../shared/model/aggregate.ts';
import { formatted, largestTotal, MinorUnits, sum, times } from '../../../shared/money.ts';

/** From each status, the ones that may follow. What is not here is refused. */
const mayFollow: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ['confirmed', 'rejected', 'cancelled'],
  confirmed: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  rejected: [],
  cancelled: [],
  delivered: [],
};

export const OrderState = z.object({
  orderId: z.string(),
  customerId: CustomerId,
  location: Location,
  status: OrderStatus,
  lines: z.array(OrderLine),
  totalAmount: MinorUnits,
  placedAt: z.iso.datetime(),
  reason: z.string().optional(),
  deliveryAddress: z.string().optional(),
  note: z.string().optional(),
  /** Until when the order may stay pending. */
  dueAt: z.iso.datetime().optional(),
});
export type OrderState = z.infer<typeof OrderState>;

/** What somebody wants to order, priced. */
export interface Placement {
  readonly orderId: string;
  readonly customerId: string;
  readonly location: string;
  readonly lines: readonly OrderLine[];
  /** What the customer expects to pay; absent where they leave it to us. */
  readonly expectedTotal: MinorUnits | undefined;
  readonly placedAt: string;
  readonly expiresAt: string;
}

/** @throws Rejection total-mismatch when the customer expects another total than the prices make; total-too-large */
export function place({ expectedTotal, lines, ...order }: Placement) {
  const totalAmount = sum(lines.map(({ unitPrice, quantity }) => times(unitPrice, quantity)));
  if (totalAmount > largestTotal)
    throw rejectContent(
      'total-too-large',
      `the items come to ${formatted(totalAmount)}, and an order to at most ${formatted(largestTotal)}`,
    );
  if (expectedTotal !== undefined && expectedTotal !== totalAmount) {
    throw rejectContent(
      'total-mismatch',
      `the items come to ${formatted(totalAmount)}, not ${formatted(expectedTotal)}`,
    );
  }
  return [OrderCreated({ ...order, lines: [...lines], totalAmount })];
}

/**
 * Moves to `next`, or does nothing where the order is there already: a second delivery of a reaction ends here.
 *
 * @throws Rejection illegal-transition when the order's status does not allow it.
 */
export function moveTo(order: OrderState, next: OrderStatus, reason?: string) {
  const { orderId, customerId, location, status } = order;
  if (status === next) return [];
  if (!mayFollow[status].includes(next))
    throw reject('illegal-transition', `the order is ${status} and cannot become ${next}`);
  return [
    OrderStatusChanged({
      orderId,
      customerId,
      location,
      from: status,
      to: next,
      ...(reason === undefined ? {} : { reason }),
    }),
  ];
}

/** The customer's or the clock's wish; the reservation is released by whoever hears of it. */
export function cancel(order: OrderState, reason: string) {
  const { orderId, customerId, location } = order;
  const moved = moveTo(order, 'cancelled', reason);
  return moved.length === 0 ? [] : [OrderCancelled({ orderId, customerId, location, reason }), ...moved];
}

/** What inventory says of a pending order; an order that is not pending any more has been decided without it. */
export function settle(order: OrderState, outcome: 'confirmed' | 'rejected', reason?: string) {
  return order.status === 'pending' ? moveTo(order, outcome, reason) : [];
}

/** What may be changed about an order until it ships. */
export interface OrderDetails {
  readonly deliveryAddress?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * Changes what is named, keeps what is not; naming what is there already changes nothing.
 *
 * @throws Rejection illegal-transition once the order is shipped or over.
 */
export function update(order: OrderState, details: OrderDetails) {
  const { orderId, customerId, location, status } = order;
  if (status !== 'pending' && status !== 'confirmed')
    throw reject('illegal-transition', `the order is ${status} and cannot be changed`);
  const deliveryAddress = details.deliveryAddress ?? order.deliveryAddress;
  const note = details.note ?? order.note;
  if (deliveryAddress === order.deliveryAddress && note === order.note) return [];
  return [OrderUpdated({ orderId, customerId, location, ...present({ deliveryAddress, note }) })];
}

/** Leaves what a shop has to keep of an order: not where it went, nor what was noted about it. */
export function forget({ orderId, customerId, location, deliveryAddress, note }: OrderState) {
  return deliveryAddress === undefined && note === undefined ? [] : [OrderUpdated({ orderId, customerId, location })];
}

function present(details: OrderDetails) {
  const { deliveryAddress, note } = details;
  return { ...(deliveryAddress === undefined ? {} : { deliveryAddress }), ...(note === undefined ? {} : { note }) };
}

export const Order = defineAggregate({
  kind: 'order',
  state: OrderState,
  events: [OrderCreated, OrderUpdated, OrderStatusChanged, OrderCancelled],
  begin: {
    [OrderCreated.type]: ({ data: { expiresAt, ...order } }): OrderState => ({
      ...order,
      status: 'pending',
      dueAt: expiresAt,
    }),
  },
  evolve: {
    [OrderUpdated.type]: ({ deliveryAddress: _, note: __, ...order }, { data }) => ({ ...order, ...present(data) }),
    [OrderStatusChanged.type]: ({ dueAt: _, reason: __, ...order }, { data: { to, reason } }) => ({
      ...order,
      status: to,
      ...(reason === undefined ? {} : { reason }),
    }),
  },
});

/** An order changes alone. */
export function orderBoundary(orderId: string): string {
  return `order:${orderId}`;
}
