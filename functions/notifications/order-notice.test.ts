import { expect, it } from 'vitest';
import { noticeOf } from './order-notice.ts';

it('tells a customer that their order is confirmed', () => {
  expect(noticeOf({ orderId: 'o1', to: 'confirmed' })).toEqual({
    template: 'order-confirmed',
    subject: 'Your order was confirmed',
    body: 'Order o1 was confirmed: everything you ordered is reserved for you.',
  });
});

it('says why an order was rejected', () => {
  expect(noticeOf({ orderId: 'o1', to: 'rejected', reason: 'insufficient-stock: ITEM-001' })?.body).toContain(
    '(insufficient-stock: ITEM-001)',
  );
});

it('has nothing to say of a delivery: the customer holds it in their hands', () => {
  expect(noticeOf({ orderId: 'o1', to: 'delivered' })).toBeUndefined();
});
