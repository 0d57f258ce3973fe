import { z } from 'zod';
import type { OrderStatus } from '../../../shared/events/contracts/orders.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { reject } from '../../../shared/model/rejection.ts';

const Count = z.object({ orders: z.int().nonnegative(), pieces: z.int().nonnegative() });
type Count = z.infer<typeof Count>;

/** How much is open of what a customer has ordered for themselves. */
export const OpenOrders = defineProjection({ kind: 'open-orders', state: Count });

/**
 * That an order is in that count. It is made before the order is, by a commit of its own; until `dueAt` nobody can tell whether
 * the order is still to come.
 */
export const OpenOrder = defineProjection({
  kind: 'open-order',
  state: z.object({ pieces: z.int().positive(), dueAt: z.iso.datetime().optional() }),
});

/** The id of the count in its boundary. */
export const countId = 'all';

/** What is open of one customer is counted in one place, so that no two orders can both be the last that is allowed. */
export function openOrdersBoundary(customerId: string): string {
  return `open-orders-of:${customerId}`;
}

/** Stock is held for it, or about to be. */
export function isOpen(status: OrderStatus): boolean {
  return status === 'pending' || status === 'confirmed';
}

/** The most that may be open at once; 0 is no limit. */
export interface OpenLimits {
  readonly orders: number;
  readonly pieces: number;
}

/** Whether anything has to be counted. */
export function isLimited({ orders, pieces }: OpenLimits): boolean {
  return orders > 0 || pieces > 0;
}

/** The count with one more order of so many pieces. @throws Rejection too-many-open-orders */
export function withOneMore(count: Count, pieces: number, most: OpenLimits): Count {
  const next = { orders: count.orders + 1, pieces: count.pieces + pieces };
  if (most.orders > 0 && next.orders > most.orders)
    throw reject('too-many-open-orders', `${count.orders} orders are open, of ${most.orders} at most`);
  if (most.pieces > 0 && next.pieces > most.pieces)
    throw reject(
      'too-many-open-orders',
      `${count.pieces} pieces are ordered and not shipped: with these it would be ${next.pieces}, of ${most.pieces} at most`,
    );
  return next;
}

/** The count without an order; `undefined` where nothing is left to count. */
export function withOneLess({ orders, pieces }: Count, gone: number): Count | undefined {
  return orders <= 1 ? undefined : { orders: orders - 1, pieces: Math.max(0, pieces - gone) };
}
