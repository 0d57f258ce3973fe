import { it } from 'vitest';
import { given } from '../../../tests/rigs/model/decider.ts';
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

it('a notification keeps the time at which it was first read', () => {
  const read = { ...notification, readAt: '2026-11-22T11:00:00.000Z' };
  given(Notification, notification).when(markRead, '2026-11-22T11:00:00.000Z').thenState(read);
  given(Notification, read).when(markRead, '2026-11-22T12:00:00.000Z').then([]);
});
