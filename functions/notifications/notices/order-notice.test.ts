import { expect, it } from 'vitest';
import { rendered } from '../templates/wordings.ts';
import { noticeOf } from './order-notice.ts';

const textOf = (notice: ReturnType<typeof noticeOf>) =>
  notice === undefined ? undefined : rendered(notice.template, notice.parameters, 'en');

it('a notice tells a customer that their order is confirmed', () => {
  expect(textOf(noticeOf({ orderId: 'o1', to: 'confirmed' }))).toEqual({
    subject: 'Your order was confirmed',
    body: 'Order o1 was confirmed: everything you ordered is reserved for you.',
  });
});

it('a notice of a rejected order says what there is too little of', () => {
  const shortages = [{ itemId: 'ITEM-001', requested: 3, available: 1 }];
  expect(textOf(noticeOf({ orderId: 'o1', to: 'rejected', reason: 'insufficient-stock', shortages }))?.body).toContain(
    '(insufficient-stock: ITEM-001 (3 wanted, 1 there))',
  );
});

it('a notice of a cancelled order says whose wish it was, where that is known', () => {
  const bodyFor = (reason: 'by-staff' | 'unknown') =>
    textOf(noticeOf({ orderId: 'o1', to: 'cancelled', reason }))?.body;
  expect(bodyFor('by-staff')).toContain('(by the shop)');
  expect(bodyFor('unknown')).toBe('Order o1 was cancelled: nothing will be delivered.');
});

it('no notice is sent of a delivered order', () => {
  expect(noticeOf({ orderId: 'o1', to: 'delivered' })).toBeUndefined();
});

it('a notice by an unknown template is refused', () => {
  expect(() => rendered('order-lost', {}, 'en')).toThrow('there is no template order-lost');
});
