import { expect, it } from 'vitest';
import type { Order, Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop } from './open-shop.ts';

/** What is set where nothing else is said (`ORDER_PIECES_MAX`). */
const mostPieces = 1_000;

it('a customer cannot hold more than the allowed pieces, however many orders they place at once, until some are cancelled or shipped', async () => {
  const shop = openShop();
  const { sku } = await shop.sell({ quantity: 3 * mostPieces });
  const [ann, sales, logistics] = [
    await shop.as('customer', { sub: 'ann' }),
    await shop.as('sales'),
    await shop.as('logistics'),
  ];
  const order = (quantity = mostPieces / 10) =>
    ann.post<Order & Problem>('/api/v1/orders', { items: [{ itemId: sku, quantity }] });

  const answers = await Promise.all(Array.from({ length: 14 }, () => order()));
  const [placed, refused] = [
    answers.filter(({ status }) => status === 201),
    answers.filter(({ status }) => status === 409),
  ];
  expect([placed.length, refused.length]).toEqual([10, 4]);
  expect(new Set(refused.map(({ body }) => body.type))).toEqual(new Set(['/problems/too-many-open-orders']));
  expect(refused[0]?.body.detail).toBe(
    '1000 pieces are ordered and not shipped: with these it would be 1100, of 1000 at most',
  );

  const byStaff = await shop.order({ [sku]: mostPieces }, { customerId: ann.userId });
  expect((await shop.decided(byStaff.id)).status).toBe('confirmed');

  const [cancelled = '', shipped = ''] = placed.map(({ body }) => body.id);
  await ann.post(`/api/v1/orders/${cancelled}/cancel`);
  await eventually(async () => expect((await order()).status).toBe(201));
  expect((await order(1)).status).toBe(409);
  expect((await shop.decided(shipped)).status).toBe('confirmed');
  expect((await logistics.post(`/api/v1/orders/${shipped}/ship`)).status).toBe(200);
  await eventually(async () => expect((await order()).status).toBe(201));
  expect((await sales.post<Problem>(`/api/v1/orders/${byStaff.id}/cancel`)).status).toBe(200);
  expect((await order(1)).status).toBe(409);
});
