import { expect, it } from 'vitest';
import { noticeOf } from './order-notice.ts';

it('a notice tells a customer that their order is confirmed', () => {
  expect(noticeOf({ orderId: 'o1', to: 'confirmed' })).toEqual({
    template: 'order-confirmed',
    subject: 'Your order was confirmed',
    body: 'Order o1 was confirmed: everything you ordered is reserved for you.',
  });
});

it('a notice of a rejected order says why', () => {
  expect(noticeOf({ orderId: 'o1', to: 'rejected', reason: 'insufficient-stock: ITEM-001' })?.body).toContain(
    '(insufficient-stock: ITEM-001)',
  );
});

it('no notice is sent of a delivered order', () => {
  expect(noticeOf({ orderId: 'o1', to: 'delivered' })).toBeUndefined();
});
