import type { Occurrence } from '../seal.ts';
import { UserCreated } from './identity.ts';
import { OrderCreated } from './orders.ts';

/** Somebody who has registered. */
export const aUserCreated = UserCreated({
  userId: 'user-1',
  roles: ['customer'],
  createdAt: '2026-11-22T10:00:00.000Z',
});

/** Which event it is, for tests that are about what is in it. */
export const anOccurrence: Occurrence = {
  id: '0193a0b0-0000-7000-8000-000000000001',
  service: 'tests',
  sequence: 1,
  time: '2026-11-22T10:00:00.000Z',
  cause: { tenant: 'main', correlationId: 'c' },
};

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
