import { expect, it } from 'vitest';
import { markRead, Notification } from './notification.ts';

const notification = {
  notificationId: 'n1',
  recipientId: 'CUST-123',
  template: 'order-confirmed',
  subject: 'Your order was confirmed',
  body: '…',
  about: 'order/o1',
  sentAt: '2026-11-22T10:00:00.000Z',
};

it('is read once, at the first time', () => {
  const [read] = markRead(notification, '2026-11-22T11:00:00.000Z');
  const afterwards = read && Notification.apply(notification, read);
  expect(afterwards).toEqual({ ...notification, readAt: '2026-11-22T11:00:00.000Z' });
  expect(markRead(afterwards ?? notification, '2026-11-22T12:00:00.000Z')).toEqual([]);
});
