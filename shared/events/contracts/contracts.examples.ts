import { UserCreated } from './identity.ts';
import { OrderCreated } from './orders.ts';

/** Somebody who has registered. */
export const aUserCreated = UserCreated({
  userId: 'user-1',
  roles: ['customer'],
  createdAt: '2026-11-22T10:00:00.000Z',
});

/** An order as it is placed. */
export const anOrderCreated = OrderCreated({
  orderId: 'order-1',
  customerId: 'CUST-123',
  location: 'main',
  lines: [{ itemId: 'ITEM-001', quantity: 2, unitPrice: 5_000 }],
  totalAmount: 10_000,
  placedAt: '2026-11-22T10:00:00.000Z',
  expiresAt: '2026-11-22T10:15:00.000Z',
});
