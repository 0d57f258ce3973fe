import type { OrderState } from './order.ts';

const lines = [
  { itemId: 'ITEM-001', quantity: 2, unitPrice: 5_000 },
  { itemId: 'ITEM-002', quantity: 5, unitPrice: 48_000 },
];

export const aPlacement = {
  orderId: '0193b5a0-0000-7000-8000-000000000001',
  customerId: 'CUST-123',
  location: 'main',
  lines,
  expectedTotal: 250_000,
  placedAt: '2026-11-22T10:00:00.000Z',
  expiresAt: '2026-11-22T10:15:00.000Z',
};

export const aPendingOrder: OrderState = {
  orderId: aPlacement.orderId,
  customerId: 'CUST-123',
  location: 'main',
  status: 'pending',
  lines,
  totalAmount: 250_000,
  hasDetails: false,
  placedAt: aPlacement.placedAt,
  dueAt: aPlacement.expiresAt,
};

const { dueAt: _, ...settled } = aPendingOrder;
export const aConfirmedOrder: OrderState = { ...settled, status: 'confirmed' };
export const aRejectedOrder: OrderState = {
  ...settled,
  status: 'rejected',
  reason: 'insufficient-stock: ITEM-001 (2 wanted, 1 there)',
};
export const aShippedOrder: OrderState = { ...settled, status: 'shipped' };
