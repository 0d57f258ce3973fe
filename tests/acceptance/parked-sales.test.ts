import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { Counter, card } from '../rigs/tills/counter.ts';
import { problem, ShopFloor, saleA } from '../rigs/tills/shop-floor.ts';
import { openShop, sharedStack } from './open-shop.ts';

let floor: ShopFloor;
const dayMs = 86_400_000;

beforeAll(async () => {
  floor = await ShopFloor.of(openShop());
});

describe('a parked sale', () => {
  it('a parked sale changes as its till counts, and what is older changes nothing', async () => {
    const { counter, sessionId } = await floor.atTheCounter();
    const saleId = randomUUID();
    const tea = (quantity: number) => ({ sessionId, lines: [{ itemId: 'TEA', quantity }] });
    expect(await counter.sell({ ...tea(1), revision: 1 }, saleId)).toMatchObject({ status: 'open', totalAmount: 9.99 });
    expect(bodyOf(await counter.say({ ...tea(3), revision: 3 }, saleId), 200).totalAmount).toBe(29.97);
    expect(bodyOf(await counter.say({ ...tea(2), revision: 2 }, saleId), 200).totalAmount).toBe(29.97);
    const twice = await counter.say({ ...tea(4), revision: 3 }, saleId);
    expect([twice.status, twice.body]).toEqual([409, problem('sale-reused')]);
    const paid = { ...tea(3), revision: 4, payments: [card(29.97)] };
    const completed = bodyOf(await counter.say(paid, saleId), 200);
    expect(completed).toMatchObject({ status: 'completed', revision: 4, version: 4 });
    expect(bodyOf(await counter.say({ ...tea(2), revision: 2 }, saleId), 200)).toEqual(completed);
  });

  it('a parked sale keeps its till open until it is cancelled', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const { payments: _, ...unpaid } = saleA(sessionId);
    const parked = await counter.sell(unpaid);
    expect((await counter.sales('?status=open&register=1')).map(({ id }) => id)).toEqual([parked.id]);
    const early = await tills.close(sessionId, { counted: { cash: 100 } });
    expect([early.status, early.body]).toEqual([409, problem('sales-open')]);
    expect(JSON.stringify(early.body)).toContain(parked.id);
    expect(bodyOf(await counter.cancel(parked.id), 200)).toMatchObject({ status: 'cancelled', version: 2 });
    expect(bodyOf(await counter.cancel(parked.id), 200)).toMatchObject({ status: 'cancelled', version: 2 });
    const late = await counter.say(saleA(sessionId), parked.id);
    expect([late.status, late.body]).toEqual([409, problem('illegal-transition')]);
    bodyOf(await tills.close(sessionId, { counted: { cash: 100 } }), 200);
  });

  it('what is parked at one till is paid at another, and keeps the first one open no more', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const second = await tills.open(0, { register: '2' });
    const { payments: _, ...unpaid } = saleA(sessionId);
    const parked = await counter.sell(unpaid);
    const paid = bodyOf(await counter.say(saleA(second.id), parked.id), 200);
    expect(paid).toMatchObject({ sessionId: second.id, status: 'completed' });
    expect((await tills.session(second.id)).expected.cash).toBe(37.47);
    bodyOf(await tills.close(sessionId, { counted: { cash: 100 } }), 200);
  });

  it('a sale that has changed since it was read is not overwritten', async () => {
    const { counter, sessionId } = await floor.shared();
    const { payments: _, ...unpaid } = saleA(sessionId);
    const parked = await counter.sell(unpaid);
    const stale = await counter.say(saleA(sessionId), parked.id, { headers: { 'if-match': '"9"' } });
    expect([stale.status, stale.body]).toEqual([412, problem('precondition-failed')]);
    bodyOf(await counter.say(saleA(sessionId), parked.id, { headers: { 'if-match': '"1"' } }), 200);
  });
});

describe('a sale that was cancelled and paid', () => {
  it('a sale that its till has paid and voided is that, also where the void comes before the payment', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const { payments: _, ...unpaid } = saleA(sessionId);
    const parked = await counter.sell({ ...unpaid, revision: 1 });
    bodyOf(await counter.cancel(parked.id), 200);
    bodyOf(await counter.say({ ...unpaid, offline: true, revision: 2 }, parked.id), 200);
    const voided = bodyOf(await counter.say({ ...saleA(sessionId), offline: true }, parked.id), 200);
    expect(voided).toMatchObject({ status: 'voided', reasonCode: 'mistake' });
    expect(bodyOf(await counter.cancel(parked.id), 200)).toEqual(voided);
    expect(await tills.session(sessionId)).toMatchObject({
      expected: { cash: 100 },
      sales: { count: 1, gross: 37.47 },
      voids: { count: 1, amount: 37.47 },
    });
  });

  it('a parked sale that was paid without the network counts, though a manager has cancelled it meanwhile', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const { payments: _, ...unpaid } = saleA(sessionId);
    const parked = await counter.sell(unpaid);
    bodyOf(await new Counter(floor.manager, tills.path).cancel(parked.id), 200);
    const paid = { ...saleA(sessionId), offline: true };
    const sold = bodyOf(await counter.say(paid, parked.id), 200);
    expect(sold).toMatchObject({ status: 'completed', totalAmount: 37.47 });
    expect(bodyOf(await counter.say(paid, parked.id), 200)).toEqual(sold);
    expect((await tills.day(sold.businessDay)).sales).toEqual({ count: 1, gross: 37.47 });
  });
});

describe('a session past midnight', () => {
  it('what is sold after midnight in a session of the evening before belongs to the day of the evening', async () => {
    // Lagos is an hour ahead, summer and winter.
    const { tills, counter } = await floor.openedShop({ timeZone: 'Africa/Lagos' });
    const evening = new Date(Date.now() - 2 * dayMs).toISOString().slice(0, 10);
    const { id: sessionId } = await tills.open(0, { openedAt: `${evening}T19:00:00Z` });
    await using bus = await sharedStack().observe('sales-events');
    const sold = await counter.sell({ ...saleA(sessionId), soldAt: `${evening}T23:40:00Z` });
    expect(sold).toMatchObject({ businessDay: evening, soldAt: `${evening}T23:40:00.000Z` });
    expect((await tills.session(sessionId)).businessDay).toBe(evening);
    expect((await tills.day(evening)).sales.count).toBe(1);
    await eventually(() => {
      const told = bus.events('pos.transaction').map(({ envelope }) => envelope.data);
      expect(told).toContainEqual(expect.objectContaining({ saleId: sold.id, businessDay: evening }));
    });
  });
});
