import { describe, expect, it } from 'vitest';
import { releaseStock } from '../../functions/inventory/reservation/release-stock.ts';
import { reserveStock } from '../../functions/inventory/reservation/reserve-stock.ts';
import { createStock } from '../../functions/inventory/stock/create-stock.ts';
import type { Subscriber } from '../../shared/capabilities/subscriber.ts';
import { consumeBatch } from '../../shared/consuming/consume-batch.ts';
import { deadLettersContainer } from '../../shared/dead-letters/dead-letters-container.ts';
import { ProductCreated } from '../../shared/events/contracts/catalog.ts';
import { OrderCancelled, OrderCreated } from '../../shared/events/contracts/orders.ts';
import type { DomainEvent } from '../../shared/events/define-event.ts';
import { deadLetterRetry } from '../../shared/replays/dead-letter-retry.ts';
import { consumeDependencies } from '../../shared/runtime/consume-dependencies.ts';
import { sweep } from '../../shared/sweep/sweep.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';
import { recordOf } from '../rigs/kernel/records.ts';
import { runtimeBench } from '../rigs/kernel/runtime-bench.ts';

const hour = 3_600_000;

const product = (sku: string, quantity: number) =>
  ProductCreated({
    productId: `product-${sku}`,
    sku,
    name: sku,
    description: '',
    category: '',
    price: 100,
    quantity,
    createdAt: '2026-11-22T09:00:00.000Z',
  });

const order = (itemId: string, location = 'main') =>
  OrderCreated({
    orderId: 'order-1',
    customerId: 'CUST-1',
    location,
    lines: [{ itemId, quantity: 2, unitPrice: 100 }],
    totalAmount: 200,
    placedAt: '2026-11-22T09:59:00.000Z',
    expiresAt: '2026-11-22T10:14:00.000Z',
  });

/** The inventory, with a consumer of orders and one of products, neither of which waits for the other. */
async function inventory() {
  const bench = await runtimeBench();
  const { runtime, clock, container } = bench;
  const consumerOf = (topic: 'order-events' | 'catalog-events', ...reactions: readonly Subscriber[]) => {
    const consumer = { name: `inventory-on-${topic}`, service, topic, reactions };
    bench.consumers.push(consumer);
    return (event: DomainEvent) =>
      consumeBatch([{ ...recordOf(event), topic }], consumer, consumeDependencies(service, runtime));
  };
  return {
    ...bench,
    hear: consumerOf('order-events', reserveStock, releaseStock),
    hearOfProduct: consumerOf('catalog-events', createStock),
    async pass(milliseconds: number) {
      for (let passed = 0; passed < milliseconds; passed += hour / 4) {
        clock.pass(hour / 4);
        await sweep([{ name: deadLettersContainer, deadlines: [deadLetterRetry(runtime)] }], runtime);
      }
    },
    reservation: async (location = 'main') =>
      (await container.read(`main/location:${location}`, 'reservation:order-1'))?.status,
    reserved: async (sku: string) => (await container.read('main/location:main', `stock:${sku}`))?.reserved,
  };
}

describe('an order that is ahead of its stock', () => {
  it('an order whose item inventory has not heard of yet is held by itself, once it has, an hour later', async () => {
    const { hear, hearOfProduct, pass, reservation, reserved, deadLetters } = await inventory();
    await hear(order('NEW'));
    expect(await reservation()).toBeUndefined();
    expect(await deadLetters()).toMatchObject([{ subscriber: 'reserve-stock', status: 'waiting' }]);
    await pass(hour);
    await hearOfProduct(product('NEW', 50));
    await pass(hour);
    expect([await reservation(), await reserved('NEW')]).toEqual(['held', 2]);
    expect(await deadLetters()).toMatchObject([{ status: 'replayed' }]);
  });

  it('an order whose item is known and has none on hand is refused at once', async () => {
    const { hear, hearOfProduct, reservation } = await inventory();
    await hearOfProduct(product('SOLD-OUT', 0));
    await hear(order('SOLD-OUT'));
    expect(await reservation()).toBe('refused');
  });

  it('an order at a location that does not hold its item is refused at once where the item is known at main', async () => {
    const { hear, hearOfProduct, reservation, deadLetters } = await inventory();
    await hearOfProduct(product('ELSEWHERE', 50));
    await hear(order('ELSEWHERE', 'shop-7'));
    expect(await reservation('shop-7')).toBe('refused');
    expect(await deadLetters()).toEqual([]);
  });

  it('an order at a location of an item that is known nowhere waits for it, and is refused then', async () => {
    const { hear, hearOfProduct, pass, reservation, deadLetters } = await inventory();
    await hear(order('NEW', 'shop-7'));
    expect(await deadLetters()).toMatchObject([{ status: 'waiting' }]);
    await hearOfProduct(product('NEW', 50));
    await pass(hour);
    expect(await reservation('shop-7')).toBe('refused');
  });

  it('an order that is cancelled while it waits holds nothing once its item comes', async () => {
    const { hear, hearOfProduct, pass, reservation, reserved } = await inventory();
    await hear(order('NEW'));
    await hear(OrderCancelled({ orderId: 'order-1', customerId: 'CUST-1', location: 'main', reason: 'timed-out' }));
    await hearOfProduct(product('NEW', 50));
    await pass(hour);
    expect([await reservation(), await reserved('NEW')]).toEqual(['released', 0]);
  });
});
