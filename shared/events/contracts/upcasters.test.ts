import { describe, expect, it } from 'vitest';
import { StockUpdated } from './inventory.ts';
import { NotificationSent } from './notifications.ts';
import { OrderCancelled, OrderStatusChanged, OrderUpdated } from './orders.ts';
import { PosTransaction } from './pos-transaction.ts';

const order = { orderId: 'o1', customerId: 'CUST-123', location: 'main' };

describe('events of the first version', () => {
  it.each([
    ['changed my mind', 'unknown'],
    ['timed-out', 'timed-out'],
    ['insufficient-stock: ITEM-001 (3 wanted, 1 there)', 'insufficient-stock'],
  ])('the reason %j is read as the code %s', (told, reason) => {
    expect(OrderCancelled.read({ ...order, reason: told }, 1).data).toEqual({ ...order, reason });
    const moved = { ...order, from: 'pending', to: 'cancelled' };
    expect(OrderStatusChanged.read({ ...moved, reason: told }, 1).data).toEqual({ ...moved, reason });
    expect(OrderStatusChanged.read(moved, 1).data).toEqual(moved);
  });

  it('address and note of an updated order are read as changed, and not what they are', () => {
    const told = { ...order, deliveryAddress: '1 Main Street', note: 'Ring twice' };
    expect(OrderUpdated.read(told, 1).data).toEqual({ ...order, changed: ['deliveryAddress', 'note'] });
  });

  it('the text of a notification is not read', () => {
    const sent = {
      notificationId: 'n1',
      recipientId: 'u1',
      template: 'welcome',
      about: 'user/u1',
      sentAt: '2026-11-22T10:00:00.000Z',
    };
    expect(NotificationSent.read({ ...sent, subject: 'Hello Ann', body: 'You are welcome' }, 1).data).toEqual({
      ...sent,
      parameters: {},
      language: 'en',
    });
  });

  it('a change of stock is read as it is', () => {
    const stock = { itemId: 'A', location: 'main', available: 1, reorderPoint: 0, onHand: 1, reserved: 0, reason: 'x' };
    expect(StockUpdated.read(stock, 1).data).toEqual(stock);
  });

  it('a transaction of the old systems cannot be read, since it has no place, day or lines', () => {
    const { success, error } = PosTransaction.read({ id: 't1', amount: 12.5, customer: 'CUST-123' }, 1);
    expect(success).toBe(false);
    expect(error?.issues.map(({ path }) => path[0])).toEqual(
      expect.arrayContaining(['location', 'businessDay', 'lines']),
    );
  });
});
