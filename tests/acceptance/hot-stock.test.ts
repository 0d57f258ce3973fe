import { expect, it } from 'vitest';
import type { Order, Stock } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

it('200 orders at once for 50 pieces: 50 are confirmed, 150 are rejected, and the stock is never overdrawn', async () => {
  await using bus = await sharedStack().observe('inventory-events');
  const shop = openShop();
  const { sku } = await shop.sell({ quantity: 50 });

  const placed = await Promise.all(Array.from({ length: 200 }, () => shop.order({ [sku]: 1 })));
  const orders = await eventually(async () => {
    const all = await shop.all<Order>('/api/v1/orders');
    expect(all).toHaveLength(200);
    expect(all.filter(({ status }) => status === 'pending')).toEqual([]);
    return all;
  }, 25_000);

  expect(orders.map(({ id }) => id).sort()).toEqual(placed.map(({ id }) => id).sort());
  expect(orders.filter(({ status }) => status === 'confirmed')).toHaveLength(50);
  expect(orders.filter(({ status }) => status === 'rejected')).toHaveLength(150);
  expect(await shop.stock(sku)).toMatchObject({ onHand: 50, reserved: 50, available: 0 });

  const levels = await eventually(() => {
    const ofShop = bus.events('inventory.stock.updated').filter(({ envelope }) => envelope.tenantid === shop.tenant);
    expect(ofShop).toHaveLength(51);
    return ofShop.map(({ envelope }) => envelope.data as Stock);
  });
  expect(levels.map(({ reserved }) => reserved)).toEqual(Array.from({ length: 51 }, (_, n) => n));
  expect(levels.map(({ available }) => available)).toEqual(Array.from({ length: 51 }, (_, n) => 50 - n));
}, 60_000);
