import {
  OrderCancelled,
  OrderCreated,
  OrderStatusChanged,
  OrderUpdated,
} from '../../shared/events/contracts/orders.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

const order = { orderId: 'order-1', customerId: 'CUST-123', location: 'main' };

/** One event of each contract that this service tells. */
export const orderExamples: readonly EventExample[] = [
  {
    event: OrderCreated({
      ...order,
      lines: [{ itemId: 'ITEM-001', quantity: 2, unitPrice: 5_000 }],
      totalAmount: 10_000,
      placedAt: '2026-11-22T10:00:00.000Z',
      expiresAt: '2026-11-22T10:15:00.000Z',
    }),
    promise: { topic: 'order-events', subject: 'order/order-1', key: 'main' },
  },
  {
    event: OrderStatusChanged({
      ...order,
      from: 'pending',
      to: 'rejected',
      reason: 'insufficient-stock',
      shortages: [{ itemId: 'ITEM-001', requested: 100, available: 48 }],
      totalAmount: 10_000,
      placedAt: '2026-11-22T10:00:00.000Z',
    }),
    promise: { topic: 'order-events', subject: 'order/order-1', key: 'main' },
  },
  {
    event: OrderUpdated({ ...order, changed: ['deliveryAddress', 'note'] }),
    promise: { topic: 'order-events', subject: 'order/order-1', key: 'main' },
  },
  {
    event: OrderCancelled({ ...order, reason: 'timed-out' }),
    promise: { topic: 'order-events', subject: 'order/order-1', key: 'main' },
  },
];
