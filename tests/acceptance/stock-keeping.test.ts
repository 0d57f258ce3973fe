import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { Problem, Shop, Stock } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

let shop: Shop;
let warehouse: ApiClient;
let sku: string;

beforeEach(async () => {
  shop = openShop();
  warehouse = await shop.as('warehouse');
  sku = (await shop.sell({ quantity: 10 })).sku;
});

describe('a stock adjustment', () => {
  it('an adjustment corrects the stock on hand, up and down', async () => {
    expect(bodyOf(await adjust(-3), 200)).toMatchObject({ onHand: 7, available: 7 });
    expect(bodyOf(await adjust(+1), 200)).toMatchObject({ onHand: 8, available: 8 });
  });

  it('an adjustment cannot take away reserved stock', async () => {
    await shop.decided((await shop.order({ [sku]: 8 })).id);
    const refused = await adjust(-3);
    expect([refused.status, refused.body]).toMatchObject([409, { type: '/problems/insufficient-stock' }]);
    expect(await shop.stock(sku)).toMatchObject({ onHand: 10, reserved: 8 });
  });

  it.each([0, 0.5, 10_001])('an adjustment by %d is refused', async (quantity) => {
    expect((await adjust(quantity)).status).toBe(422);
  });

  it('an adjustment of an unknown item is 404, and only the warehouse can adjust', async () => {
    const path = '/api/v1/inventory/NO-SUCH-ITEM/adjust';
    expect((await warehouse.post(path, { quantity: 1 })).status).toBe(404);
    expect((await (await shop.as('sales')).post(path, { quantity: 1 })).status).toBe(403);
  });
});

describe('stock thresholds', () => {
  it('a stock threshold publishes one event each time it is crossed', async () => {
    await using bus = await sharedStack().observe('inventory-events');
    expect(bodyOf(await reorderAt(5), 200)).toMatchObject({ reorderPoint: 5 });
    const { id } = await shop.order({ [sku]: 5 });
    await shop.decided(id);
    await shop.decided((await shop.order({ [sku]: 1 })).id);
    await shop.decided((await shop.order({ [sku]: 4 })).id);
    bodyOf(await (await shop.as('sales')).post(`/api/v1/orders/${id}/cancel`), 200);
    bodyOf(await warehouse.post(`/api/v1/inventory/${sku}/receive`, { quantity: 5 }), 200);
    await eventually(() => {
      const levels = bus
        .events()
        .map(({ envelope }) => envelope)
        .filter(({ tenantid, type }) => tenantid === shop.tenant && /warning|depleted|normalized/.test(type));
      const inOrder = levels
        .sort((one, other) => one.sequence - other.sequence)
        .map(({ type }) => type.split('.').at(-1));
      expect(inOrder[0]).toBe('warning');
      expect(inOrder.filter((level) => level === 'depleted')).toHaveLength(1);
      expect(inOrder.at(-1)).toBe('normalized');
      for (const [index, level] of inOrder.entries()) expect(level).not.toBe(inOrder[index + 1]);
    });
  });

  it('a reorder point with a stale If-Match or below zero is refused', async () => {
    const stale = await warehouse.put<Problem>(
      `/api/v1/inventory/${sku}/reorder-point`,
      { reorderPoint: 3 },
      { headers: { 'if-match': '"99"' } },
    );
    expect([stale.status, stale.body.type]).toEqual([412, '/problems/precondition-failed']);
    expect((await reorderAt(-1)).status).toBe(422);
  });
});

describe('a reservation', () => {
  it('a reservation shows whether it is held, refused or released', async () => {
    const sales = await shop.as('sales');
    const read = (id: string) => sales.get(`/api/v1/reservations/${id}`);
    const held = await shop.order({ [sku]: 4 });
    await shop.decided(held.id);
    expect(bodyOf(await read(held.id), 200)).toEqual({
      orderId: held.id,
      location: 'main',
      state: 'held',
      items: [{ itemId: sku, quantity: 4 }],
    });
    const refused = await shop.order({ [sku]: 7 });
    await shop.decided(refused.id);
    expect(bodyOf(await read(refused.id), 200)).toMatchObject({ state: 'refused', items: [] });
    bodyOf(await sales.post(`/api/v1/orders/${held.id}/cancel`), 200);
    await eventually(async () => expect(bodyOf(await read(held.id), 200)).toMatchObject({ state: 'released' }));
  });

  it('the reservation of an unknown order is 404', async () => {
    const unknown = '/api/v1/reservations/01890000-0000-7000-8000-000000000000';
    expect((await (await shop.as('sales')).get(unknown)).status).toBe(404);
  });
});

function adjust(quantity: number) {
  return warehouse.post<Stock>(`/api/v1/inventory/${sku}/adjust`, { quantity, reason: 'counted' });
}

function reorderAt(reorderPoint: number) {
  return warehouse.put<Stock>(`/api/v1/inventory/${sku}/reorder-point`, { reorderPoint });
}
