import { z } from 'zod';
import { MinorUnits } from '../../money.ts';
import { defineEvent } from '../define-event.ts';
import { CustomerId, Location, Quantity, Sku } from './identifiers.ts';
import { Shortage } from './inventory.ts';

export const OrderLine = z.object({ itemId: Sku, quantity: Quantity, unitPrice: MinorUnits });
export type OrderLine = z.infer<typeof OrderLine>;

export const OrderStatus = z.enum(['pending', 'confirmed', 'rejected', 'cancelled', 'shipped', 'delivered']);
export type OrderStatus = z.infer<typeof OrderStatus>;

/**
 * Why an order is over before its time. What somebody writes about it is in no event; `unknown` stands for what the first
 * versions told in words, some of them a customer's own.
 */
export const OrderReason = z.enum([
  'by-customer',
  'by-staff',
  'timed-out',
  'not-shipped',
  'insufficient-stock',
  'unknown',
]);
export type OrderReason = z.infer<typeof OrderReason>;

/** What people say of an order: kept beside it, and told by nothing but its name. */
export const OrderPart = z.enum(['deliveryAddress', 'note', 'reason']);
export type OrderPart = z.infer<typeof OrderPart>;

const order = { orderId: z.string().min(1), customerId: CustomerId, location: Location };
const subject = ({ orderId }: { orderId: string }) => `order/${orderId}`;
/** An order's events share its location's partition, so that instances do not fight over one location's stock. */
const partitionKey = ({ location }: { location: string }) => location;

export const OrderCreated = defineEvent({
  type: 'order.created',
  version: 1,
  topic: 'order-events',
  description: 'An order was placed and waits for its stock.',
  data: z.object({
    ...order,
    lines: z.array(OrderLine).min(1),
    totalAmount: MinorUnits,
    placedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  }),
  subject,
  partitionKey,
});

export const OrderStatusChanged = defineEvent({
  type: 'order.status.changed',
  version: 3,
  topic: 'order-events',
  description: 'An order moved from one status to the next.',
  data: z.object({
    ...order,
    from: OrderStatus,
    to: OrderStatus,
    reason: OrderReason.optional(),
    /** What there is too little of, where that is the reason. */
    shortages: z.array(Shortage).optional(),
    totalAmount: MinorUnits.optional(),
    placedAt: z.iso.datetime().optional(),
    /** Until when it may stay there, where that is limited. */
    expiresAt: z.iso.datetime().optional(),
  }),
  // The third version says when the order was placed, which the others left open.
  upcasters: { 1: reasonInCode, 2: (data) => data },
  subject,
  partitionKey,
});

export const OrderUpdated = defineEvent({
  type: 'order.updated',
  version: 2,
  topic: 'order-events',
  description: 'What an order says besides its lines changed: which parts, not to what.',
  data: z.object({ ...order, changed: z.array(OrderPart).min(1) }),
  // The first version told address and note, and not which of them had changed.
  upcasters: { 1: (data) => ({ ...z.looseObject({}).parse(data), changed: ['deliveryAddress', 'note'] }) },
  subject,
  partitionKey,
});

export const OrderCancelled = defineEvent({
  type: 'order.cancelled',
  version: 2,
  topic: 'order-events',
  description: 'An order was cancelled; whatever was reserved for it is free again.',
  data: z.object({ ...order, reason: OrderReason }),
  upcasters: { 1: reasonInCode },
  subject,
  partitionKey,
});

/** Where the first versions told a reason, it began with the code, or was somebody's own words. */
function reasonInCode(data: unknown): unknown {
  const { reason: told, ...rest } = z.looseObject({ reason: z.string().optional() }).parse(data);
  if (told === undefined) return rest;
  const reason = OrderReason.options.find((code) => told === code || told.startsWith(`${code}: `)) ?? 'unknown';
  return { ...rest, reason };
}
