import { z } from 'zod';
import { CustomerId, Location } from '../../../shared/events/contracts/identifiers.ts';
import type { Shortage } from '../../../shared/events/contracts/inventory.ts';
import {
  OrderCancelled,
  OrderCreated,
  OrderLine,
  OrderReason,
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

/** An order, without what people write about it: that is in `OrderDetails`, and goes when they do. */
export const OrderState = z.object({
  orderId: z.string(),
  customerId: CustomerId,
  location: Location,
  status: OrderStatus,
  lines: z.array(OrderLine),
  totalAmount: MinorUnits,
  placedAt: z.iso.datetime(),
  /** A code, with what is missing behind it. Orders that version 0.1 cancelled have what was typed. */
  reason: z.string().optional(),
  /** `false` where no details can be there; else it takes a look, as for orders that older code has changed. */
  hasDetails: z.literal(false).optional(),
  /** Orders that version 0.1 changed have these here; they move with the next change. */
  deliveryAddress: z.string().optional(),
  note: z.string().optional(),
  /** Until when the order may stay pending, or confirmed. */
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

/** Why an order moves, what there was too little of, where that is why, and until when it may stay there. */
export interface Move {
  readonly reason?: OrderReason;
  readonly shortages?: readonly Shortage[];
  readonly expiresAt?: string;
}

/**
 * Moves to `next`, or does nothing where the order is there already: a second delivery of a reaction ends here.
 *
 * @throws Rejection illegal-transition when the order's status does not allow it.
 */
export function moveTo(order: OrderState, next: OrderStatus, { reason, shortages, expiresAt }: Move = {}) {
  const { orderId, customerId, location, status, totalAmount, placedAt } = order;
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
      totalAmount,
      placedAt,
      ...(reason === undefined ? {} : { reason }),
      ...(shortages === undefined ? {} : { shortages: [...shortages] }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }),
  ];
}

/** The customer's or the clock's wish; the reservation is released by whoever hears of it. */
export function cancel(order: OrderState, reason: OrderReason) {
  const { orderId, customerId, location } = order;
  const moved = moveTo(order, 'cancelled', { reason });
  return moved.length === 0 ? [] : [OrderCancelled({ orderId, customerId, location, reason }), ...moved];
}

/** The time of an order is up: inventory has not answered for it, or nobody has shipped it. */
export function expire(order: OrderState) {
  return cancel(order, order.status === 'pending' ? 'timed-out' : 'not-shipped');
}

/** What inventory says of a pending order; an order that is not pending any more has been decided without it. */
export function settle(order: OrderState, outcome: 'confirmed' | 'rejected', move?: Move) {
  return order.status === 'pending' ? moveTo(order, outcome, move) : [];
}

/** Whether the reason was typed by somebody: version 0.1 kept that in the order itself. */
export function hasTypedReason({ status, reason }: OrderState): boolean {
  return status === 'cancelled' && reason !== undefined && !OrderReason.safeParse(reason).success;
}

function withoutTyped({ deliveryAddress: _, note: __, ...order }: OrderState): OrderState {
  if (!hasTypedReason(order)) return order;
  const { reason: ___, ...rest } = order;
  return rest;
}

function told(reason: OrderReason, shortages: readonly Shortage[] = []): string {
  const items = shortages.map(
    ({ itemId, requested, available }) => `${itemId} (${requested} wanted, ${available} there)`,
  );
  return items.length === 0 ? reason : `${reason}: ${items.join(', ')}`;
}

function mayHaveDetails({ hasDetails: _, ...order }: OrderState): OrderState {
  return order;
}

export const Order = defineAggregate({
  kind: 'order',
  state: OrderState,
  changesSoon: true,
  changesAlone: true,
  events: [OrderCreated, OrderUpdated, OrderStatusChanged, OrderCancelled],
  begin: {
    [OrderCreated.type]: ({ data: { expiresAt, ...order } }): OrderState => ({
      ...order,
      status: 'pending',
      hasDetails: false,
      dueAt: expiresAt,
    }),
  },
  evolve: {
    [OrderUpdated.type]: (order) => mayHaveDetails(withoutTyped(order)),
    [OrderCancelled.type]: mayHaveDetails,
    [OrderStatusChanged.type]: (
      { dueAt: _, reason: __, ...order },
      { data: { to, reason, shortages, expiresAt } },
    ) => ({
      ...order,
      status: to,
      ...(expiresAt === undefined ? {} : { dueAt: expiresAt }),
      ...(reason === undefined ? {} : { reason: told(reason, shortages) }),
    }),
  },
});

/** An order changes alone. */
export function orderBoundary(orderId: string): string {
  return `order:${orderId}`;
}
