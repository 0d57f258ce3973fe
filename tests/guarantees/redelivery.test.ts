import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { BusObserver, ObservedEvent } from '../rigs/clients/bus-observer.ts';
import { type BusWriter, writeToBus } from '../rigs/clients/bus-writer.ts';
import {
  orderCancelled,
  orderCreated,
  posTransaction,
  productArchived,
  productCreated,
} from '../rigs/clients/made-up-events.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { cash } from '../rigs/tills/counter.ts';
import { ShopFloor, saleA } from '../rigs/tills/shop-floor.ts';

const topics = ['catalog-events', 'sales-events', 'order-events', 'inventory-events', 'notification-events'];

let stack: TestStack;
let bus: BusObserver;
let writer: BusWriter;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  bus = await stack.observe(...topics);
  writer = await writeToBus(stack.kafka);
});
afterAll(async () => {
  await bus[Symbol.asyncDispose]();
  await writer[Symbol.asyncDispose]();
  await stack.stop();
});
beforeEach(() => {
  shop = new Shop(stack);
});

describe('redelivered events', () => {
  it.each([
    ['in order', (events: readonly ObservedEvent[]) => events],
    ['backwards', (events: readonly ObservedEvent[]) => events.toReversed()],
  ])('redelivering every event of confirmed, rejected and cancelled orders %s changes nothing', async (_, arranged) => {
    const { sku } = await shop.sell({ quantity: 5 });
    const [confirmed, rejected, cancelled] = [
      await shop.order({ [sku]: 2 }),
      await shop.order({ [sku]: 9 }),
      await shop.order({ [sku]: 1 }),
    ];
    const outcomes = await Promise.all([confirmed, rejected, cancelled].map(({ id }) => shop.decided(id)));
    expect(outcomes.map(({ status }) => status)).toEqual(['confirmed', 'rejected', 'confirmed']);
    bodyOf(await (await shop.as('sales')).post(`/api/v1/orders/${cancelled.id}/cancel`), 200);
    const before = await picture();
    expect(before.events.size).toBeGreaterThan(15);

    await writer.repeat(arranged(ofShop()));
    expect(await picture()).toEqual(before);
  });
});

describe('redelivered transactions of a till', () => {
  it('redelivering every event of a day at the till backwards changes neither its stock nor its money', async () => {
    const floor = await ShopFloor.of(shop);
    const { shopId, tills, counter, sessionId } = await floor.atTheCounter();
    await floor.receive('TEA', 4, shopId);
    const first = await counter.sell(saleA(sessionId));
    const voided = await counter.sell(saleA(sessionId));
    bodyOf(await counter.takeBack(first, { 1: 1 }, [cash(9.99)]), 201);
    bodyOf(await counter.cancel(voided.id), 200);
    await stack.settled();
    const day = async () => [
      await tills.day(first.businessDay),
      await shop.all(`/api/v1/inventory?location=${shopId}`),
    ];
    const [before, seen] = [await day(), await picture()];
    expect(await shop.stock('TEA', shopId)).toMatchObject({ onHand: 4, reserved: 0 });

    await writer.repeat(ofShop().toReversed());
    expect(await picture()).toEqual(seen);
    expect(await day()).toEqual(before);
  });

  it('transactions of a till that come twice and late move stock once, and tell of it once', async () => {
    const { sku } = await shop.sell({ quantity: 5 });
    const saleId = v7();
    const transactions = [
      posTransaction(shop, 'refund', { saleId, itemId: sku, quantity: 1 }),
      posTransaction(shop, 'sale', { saleId, itemId: sku, quantity: 3 }),
      posTransaction(shop, 'sale', { itemId: sku, quantity: 4 }),
    ];
    await writer.send('sales-events', transactions);
    await stack.settled();
    expect(await shop.stock(sku)).toMatchObject({ onHand: 0, reserved: 0 });
    const before = await picture();

    await writer.send('sales-events', transactions.toReversed());
    expect(await picture()).toEqual(before);
    const told = ofShop('inventory.stock.updated').map(({ envelope }) => envelope.data);
    expect(told.filter((data) => JSON.stringify(data).includes('shortage'))).toMatchObject([{ shortage: 1 }]);
  });
});

describe('group commits', () => {
  it('a group commit handles each fresh event once and skips one that was handled already', async () => {
    const { sku } = await shop.sell({ sku: 'KNOWN', quantity: 5 });
    await stack.settled();
    await bus.caughtUp();
    const [known] = ofShop('product.created');
    if (known === undefined) throw new Error('nobody has told of the product');
    const fresh = Array.from({ length: 20 }, (_, n) => `FRESH-${n}`);
    const messages = fresh.map((freshSku, n) => productCreated(shop, freshSku, { quantity: n + 1 }));
    const { key = null, value, headers } = known;
    const again = { key, value, headers: { ...headers }, partition: 0 };

    // Sent as one batch while nobody listens, it is one batch that arrives.
    await stack.faults.functions().stop();
    await writer.send('catalog-events', [...messages.slice(0, 10), again, ...messages.slice(10)]);
    await stack.faults.functions().start();
    await stack.settled();

    expect(await shop.stock(sku)).toMatchObject({ onHand: 5, reserved: 0 });
    const stocks = await Promise.all(fresh.map(async (freshSku) => (await shop.stock(freshSku)).onHand));
    expect(stocks).toEqual(fresh.map((_, n) => n + 1));
    await bus.caughtUp();
    expect(ofShop('inventory.stock.updated')).toHaveLength(21);
  });
});

describe('late events', () => {
  it('a late order event reserves nothing when the cancellation came first', async () => {
    const { sku } = await shop.sell({ quantity: 5 });
    const orderId = v7();
    await writer.send('order-events', [orderCancelled(shop, orderId)]);
    await stack.settled();
    await writer.send('order-events', [orderCreated(shop, orderId, [{ itemId: sku, quantity: 2 }])]);
    await stack.settled();
    await bus.caughtUp();
    expect(await shop.stock(sku)).toMatchObject({ onHand: 5, reserved: 0 });
    expect(ofShop('inventory.stock.reserved')).toEqual([]);
  });

  it('an order event reserves nothing when its cancellation precedes it in the same batch', async () => {
    const { sku } = await shop.sell({ quantity: 5 });
    const orderId = v7();
    const created = orderCreated(shop, orderId, [{ itemId: sku, quantity: 2 }]);
    await writer.send('order-events', [orderCancelled(shop, orderId), created]);
    await stack.settled();
    await bus.caughtUp();
    expect((await shop.stock(sku)).reserved).toBe(0);
    expect(ofShop('inventory.stock.reserved')).toEqual([]);
  });

  it('a redelivered order that was rejected stays rejected though new stock has arrived', async () => {
    const { sku } = await shop.sell({ quantity: 1 });
    const { id } = await shop.order({ [sku]: 2 });
    const refused = await shop.decided(id);
    expect(refused.status).toBe('rejected');
    const warehouse = await shop.as('warehouse');
    bodyOf(await warehouse.post(`/api/v1/inventory/${sku}/receive`, { quantity: 10 }), 200);
    const before = await picture();

    await writer.repeat(ofShop('order.created'));
    expect(await picture()).toEqual(before);
    expect(await shop.stock(sku)).toMatchObject({ onHand: 11, reserved: 0 });
    expect(await shop.orderNow(id)).toEqual(refused);
  });

  it('a late product event does not bring an old price back', async () => {
    const { id, sku } = await shop.sell({ price: 10 });
    bodyOf(await (await shop.as('manager')).patch(`/api/v1/products/${id}`, { price: 20 }), 200);
    await stack.settled();
    await bus.caughtUp();
    await writer.repeat(ofShop('product.created'));
    await stack.settled();
    expect((await shop.order({ [sku]: 1 }, { totalAmount: 20 })).totalAmount).toBe(20);
  });

  it('a late product.created event does not put an archived product on sale', async () => {
    const [sku, productId] = ['OVERTAKEN', v7()];
    await writer.send('catalog-events', [productArchived(shop, sku, productId)]);
    await stack.settled();
    await writer.send('catalog-events', [productCreated(shop, sku, { productId, quantity: 5 })]);
    await stack.settled();
    expect((await shop.tryOrder({ [sku]: 1 })).body).toMatchObject({ type: '/problems/item-archived' });
    expect(await shop.stock(sku)).toMatchObject({ onHand: 5 });
  });
});

/** The events of this test's shop. */
function ofShop(type?: string): readonly ObservedEvent[] {
  return bus.events(type).filter(({ envelope }) => envelope.tenantid === shop.tenant);
}

/** All that there is to see of the shop, once nothing is under way; a message sent twice is one event. */
async function picture() {
  await stack.settled();
  await bus.caughtUp();
  const lists = ['orders', 'inventory', 'products', 'notifications'];
  const [orders, stock, products, notifications] = await Promise.all(lists.map((list) => shop.all(`/api/v1/${list}`)));
  return { orders, stock, products, notifications, events: new Set(ofShop().map(({ envelope }) => envelope.id)) };
}
