import { expect } from 'vitest';
import type { Order, Shop } from '../rigs/clients/shop.ts';
import type { StackConnection } from '../rigs/stack/connect-stack.ts';

/**
 * Once nothing is under way: every order is decided, and orders, events, stock and notifications tell the same story.
 *
 * @returns all orders of the shop.
 */
export async function expectAgreement(stack: StackConnection, shop: Shop, sku: string): Promise<readonly Order[]> {
  await stack.settled(100_000);
  await using bus = await stack.observe('order-events', 'inventory-events', 'notification-events');
  await bus.caughtUp();
  const orders = await shop.all<Order>('/api/v1/orders');
  const confirmed = orders.filter(({ status }) => status === 'confirmed');
  const rejected = orders.filter(({ status }) => status === 'rejected');
  expect(orders.length).toBe(confirmed.length + rejected.length);

  // Delivered more than once, an event is still one: it has one id.
  const events = new Map(
    bus
      .events()
      .filter(({ envelope }) => envelope.tenantid === shop.tenant)
      .map(({ envelope }) => [envelope.id, envelope]),
  );
  const subjectsOf = (type: string) =>
    [...events.values()]
      .filter((event) => event.type === type)
      .map(({ subject }) => subject.replace(/^\w+\//, ''))
      .sort();
  const idsOf = (some: readonly Order[]) => some.map(({ id }) => id).sort();
  for (const [status, some] of Object.entries({ confirmed, rejected, pending: [] }))
    expect(idsOf(await shop.all<Order>(`/api/v1/orders?status=${status}`))).toEqual(idsOf(some));
  expect(subjectsOf('order.created')).toEqual(idsOf(orders));
  expect(subjectsOf('order.status.changed')).toEqual(idsOf(orders));
  expect(subjectsOf('inventory.stock.reserved')).toEqual(idsOf(confirmed));
  expect(subjectsOf('inventory.reservation.failed')).toEqual(idsOf(rejected));
  expect(subjectsOf('notification.sent')).toHaveLength(orders.length);

  const stock = await shop.stock(sku);
  const ordered = confirmed.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0);
  expect(stock.reserved).toBe(ordered);
  expect(stock.reserved).toBeLessThanOrEqual(stock.onHand);
  return orders;
}
