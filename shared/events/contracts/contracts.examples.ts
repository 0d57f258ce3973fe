import type { DomainEvent } from '../define-event.ts';
import * as catalog from './catalog.ts';
import * as identity from './identity.ts';
import * as inventory from './inventory.ts';
import * as notifications from './notifications.ts';
import * as orders from './orders.ts';
import * as platform from './platform.ts';

const product = {
  productId: 'product-1',
  sku: 'ITEM-001',
  name: 'Premium Smartphone',
  description: 'Bright, quick and thin',
  category: 'Electronics',
  price: 89_999,
};
const order = { orderId: 'order-1', customerId: 'CUST-123', location: 'main' };
const stock = { itemId: 'ITEM-001', location: 'main', available: 48, reorderPoint: 5 };
const reservation = { orderId: 'order-1', location: 'main' };
const lines = [{ itemId: 'ITEM-001', quantity: 2 }];

const user = { userId: 'user-1', roles: ['customer' as const] };
const session = { userId: 'user-1', sessionId: 'session-1' };
const at = '2026-11-22T10:00:00.000Z';

/** Somebody who has registered. */
export const aUserCreated = identity.UserCreated({ ...user, createdAt: at });

/** An order as it is placed. */
export const anOrderCreated = orders.OrderCreated({
  ...order,
  lines: [{ itemId: 'ITEM-001', quantity: 2, unitPrice: 5_000 }],
  totalAmount: 10_000,
  placedAt: '2026-11-22T10:00:00.000Z',
  expiresAt: '2026-11-22T10:15:00.000Z',
});

/** One event of every contract. */
export const examples: readonly DomainEvent[] = [
  catalog.ProductCreated({ ...product, quantity: 50, createdAt: '2026-11-22T09:00:00.000Z' }),
  catalog.ProductUpdated(product),
  catalog.ProductArchived({ productId: 'product-1', sku: 'ITEM-001' }),
  aUserCreated,
  identity.UserUpdated({ ...user, changed: ['profile'], isActive: true }),
  identity.UserDeleted({ userId: 'user-1' }),
  identity.UserLogin({ ...session, device: '3f2c', isNewDevice: false, at }),
  identity.UserTokenRefreshed({ ...session, at }),
  identity.UserLogout({ ...session, reason: 'logout' }),
  platform.SecurityEvent({ subject: 'sessions/user-1', kind: 'refresh-token-reused', at }),
  anOrderCreated,
  orders.OrderStatusChanged({ ...order, from: 'pending', to: 'rejected', reason: 'insufficient-stock' }),
  orders.OrderUpdated({ ...order, deliveryAddress: '1 Main Street', note: 'Ring twice' }),
  orders.OrderCancelled({ ...order, reason: 'timed-out' }),
  inventory.StockUpdated({ ...stock, onHand: 50, reserved: 2, reason: 'reserved', orderId: 'order-1' }),
  inventory.StockWarning(stock),
  inventory.StockNormalized(stock),
  inventory.StockDepleted({ ...stock, available: 0 }),
  inventory.StockReserved({ ...reservation, lines }),
  inventory.ReservationFailed({
    ...reservation,
    reason: 'insufficient-stock',
    shortages: [{ itemId: 'ITEM-001', requested: 100, available: 48 }],
  }),
  inventory.StockReleased({ ...reservation, lines: [] }),
  inventory.StockShipped({ ...reservation, lines }),
  notifications.NotificationSent({
    notificationId: 'notice-1',
    recipientId: 'CUST-123',
    template: 'order-confirmed',
    subject: 'Your order is confirmed',
    body: 'We have everything you asked for.',
    about: 'order/order-1',
    sentAt: '2026-11-22T10:00:00.000Z',
  }),
  notifications.NotificationRead({
    notificationId: 'notice-1',
    recipientId: 'CUST-123',
    readAt: '2026-11-22T10:05:00.000Z',
  }),
];
