import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { BusObserver } from '../rigs/clients/bus-observer.ts';
import type { Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { cash } from '../rigs/tills/counter.ts';
import { ShopFloor } from '../rigs/tills/shop-floor.ts';
import { openShop, sharedStack } from './open-shop.ts';

let floor: ShopFloor;
beforeAll(async () => {
  floor = await ShopFloor.of(openShop());
});

const StockData = z.looseObject({ reason: z.string().optional(), shortage: z.int().optional() });

const teas = (sessionId: string, quantity: number) => ({
  sessionId,
  lines: [{ itemId: 'TEA', quantity }],
  payments: [cash(Math.round(999 * quantity) / 100)],
});

describe('stock that is sold at a till', () => {
  it('more is sold than there was: nothing is left, what was short is told, and the depletion once', async () => {
    await using bus = await sharedStack().observe('inventory-events');
    const { shopId, counter, sessionId } = await floor.atTheCounter();
    await floor.receive('TEA', 2, shopId);
    const { id } = await counter.sell(teas(sessionId, 3));
    await eventually(async () => expect(await floor.tenant.stock('TEA', shopId)).toMatchObject({ onHand: 0 }));
    await counter.sell(teas(sessionId, 1));
    await eventually(() => {
      const told = toldOf(bus, shopId);
      const sold = told.filter(({ data }) => data.reason === 'sold').map(({ data }) => data);
      expect(sold).toMatchObject([
        { onHand: 0, shortage: 1, reference: `sale/${id}` },
        { onHand: 0, shortage: 1 },
      ]);
      expect(told.filter(({ type }) => type === 'inventory.stock.depleted')).toHaveLength(1);
    });
    await floor.receive('TEA', 5, shopId);
    expect(await floor.tenant.stock('TEA', shopId)).toMatchObject({ onHand: 5, available: 5 });
  });

  it('what is held for orders stays, all that is sold beside it is short', async () => {
    await using bus = await sharedStack().observe('inventory-events');
    const { shopId, counter, sessionId } = await floor.atTheCounter();
    await floor.receive('TEA', 2, shopId);
    const order = await eventually(async () => {
      const { status, body } = await floor.tenant.tryOrder({ TEA: 2 }, { location: shopId });
      expect(status).toBe(201);
      return body;
    });
    expect((await floor.tenant.decided(order.id)).status).toBe('confirmed');
    await counter.sell(teas(sessionId, 3));
    await eventually(() =>
      expect(toldOf(bus, shopId).at(-1)?.data).toMatchObject({ onHand: 2, reserved: 2, shortage: 3 }),
    );
    bodyOf(await (await floor.tenant.as()).post(`/api/v1/orders/${order.id}/ship`), 200);
    await eventually(async () =>
      expect(await floor.tenant.stock('TEA', shopId)).toMatchObject({ onHand: 0, reserved: 0 }),
    );
  });

  it('two tills that sell one last piece at once both have sold it, and one of them is short', async () => {
    await using bus = await sharedStack().observe('inventory-events');
    const { shopId, tills, counter, sessionId } = await floor.atTheCounter();
    const { id: other } = await tills.open(100, { register: '2' });
    await floor.receive('TEA', 1, shopId);
    await Promise.all([sessionId, other].map((session) => counter.sell(teas(session, 1))));
    await eventually(() => {
      const sold = toldOf(bus, shopId).filter(({ data }) => data.reason === 'sold');
      expect(sold.map(({ data }) => data.shortage)).toEqual([undefined, 1]);
    });
    expect(await floor.tenant.stock('TEA', shopId)).toMatchObject({ onHand: 0 });
  });

  it('the stock of an item at a shop begins with its first movement there: by a sale, or by receiving', async () => {
    const { shopId, counter, sessionId } = await floor.atTheCounter();
    const warehouse = await floor.tenant.as('warehouse');
    expect((await warehouse.get<Problem>(`/api/v1/inventory/TEA?location=${shopId}`)).status).toBe(404);
    await counter.sell(teas(sessionId, 3));
    await eventually(async () => expect(await floor.tenant.stock('TEA', shopId)).toMatchObject({ onHand: 0 }));
    await floor.receive('MILK', 4, shopId);
    expect(await floor.tenant.stock('MILK', shopId)).toMatchObject({ onHand: 4 });
  });
});

/** What inventory has told of the tea of a shop, in the order in which it happened; a message sent twice is one event. */
function toldOf(bus: BusObserver, location: string) {
  const events = new Map(
    bus
      .events()
      .filter(({ envelope }) => envelope.subject === `stock/${location}/TEA`)
      .map(({ envelope }) => [envelope.id, envelope]),
  );
  return [...events.values()]
    .toSorted((one, next) => one.sequence - next.sequence)
    .map(({ type, data }) => ({ type, data: StockData.parse(data) }));
}
