import { z } from 'zod';
import { MinorUnits } from '../../money.ts';
import { defineEvent } from '../define-event.ts';
import { CustomerId, Location, Quantity, Sku } from './identifiers.ts';

export const OrderLine = z.object({ itemId: Sku, quantity: Quantity, unitPrice: MinorUnits });
export type OrderLine = z.infer<typeof OrderLine>;

export const OrderStatus = z.enum(['pending', 'confirmed', 'rejected', 'cancelled', 'shipped', 'delivered']);
export type OrderStatus = z.infer<typeof OrderStatus>;

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
  version: 1,
  topic: 'order-events',
  description: 'An order moved from one status to the next.',
  data: z.object({ ...order, from: OrderStatus, to: OrderStatus, reason: z.string().optional() }),
  subject,
  partitionKey,
});

export const OrderUpdated = defineEvent({
  type: 'order.updated',
  version: 1,
  topic: 'order-events',
  description: 'What an order says besides its lines changed; carries what it says now.',
  data: z.object({ ...order, deliveryAddress: z.string().optional(), note: z.string().optional() }),
  subject,
  partitionKey,
});

export const OrderCancelled = defineEvent({
  type: 'order.cancelled',
  version: 1,
  topic: 'order-events',
  description: 'An order was cancelled; whatever was reserved for it is free again.',
  data: z.object({ ...order, reason: z.string() }),
  subject,
  partitionKey,
});
