import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { Page, Problem } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { Counter, card, cash, type Sale } from '../rigs/tills/counter.ts';
import { problem, ShopFloor, saleA } from '../rigs/tills/shop-floor.ts';
import { openShop, sharedStack } from './open-shop.ts';

let floor: ShopFloor;
const [second, day] = [1_000, 86_400_000];
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

beforeAll(async () => {
  floor = await ShopFloor.of(openShop());
});

describe('a sale', () => {
  it('a day at the till comes out to the cent: sales, a refund, cash movements, the counting and the stock', async () => {
    const { tills, counter, sessionId, shopId } = await floor.atTheCounter();
    await floor.receive('TEA', 20, shopId);
    const a = await counter.sell(saleA(sessionId));
    expect(a).toMatchObject({
      status: 'completed',
      totalAmount: 37.47,
      net: 32.19,
      taxes: [
        { rate: 19, gross: 29.97, tax: 4.79 },
        { rate: 7, gross: 7.5, tax: 0.49 },
      ],
      change: 12.53,
      isRefunded: false,
    });
    const b = await counter.sell({ sessionId, lines: [{ itemId: 'BAG', quantity: 1 }], payments: [card(28.9)] });
    const c = await counter.sell({ sessionId, lines: [{ itemId: 'CUP', quantity: 1 }], payments: [cash(12.9)] });
    expect([a, b, c].map(({ receiptNumber }) => receiptNumber)).toEqual(
      [1, 2, 3].map((n) => `${shopId}-1-${a.businessDay}-${n}`),
    );
    const refunded = bodyOf(await counter.takeBack(a, { 1: 1, 2: 1 }, [cash(12.49)]), 201);
    expect(refunded).toMatchObject({ amount: 12.49, rounding: 0, tax: [{ tax: 1.6 }, { tax: 0.16 }] });
    await tills.move(sessionId, { kind: 'paid-in', amount: 50, reasonCode: 'change' });
    await tills.move(sessionId, { kind: 'paid-out', amount: 20, reasonCode: 'postage' });

    expect((await tills.session(sessionId)).expected).toEqual({ cash: 167.88, card: 28.9, voucher: 0 });
    const closed = bodyOf(await tills.close(sessionId, { counted: { cash: 167.8 } }), 200);
    expect(closed).toMatchObject({ status: 'closed', difference: { cash: -0.08 } });
    expect(await tills.day(a.businessDay)).toMatchObject({
      sales: { count: 3, gross: 79.27 },
      refunds: { count: 1, amount: 12.49 },
      net: 66.78,
    });
    await eventually(async () => expect(await floor.tenant.stock('TEA', shopId)).toMatchObject({ onHand: 18 }));
  });

  it('tax never moves the total: 28.90 at 22 % and 1.25 at 10 % are 30.15, of which 24.83 are net', async () => {
    const taxRates = [
      { name: 'high', percent: 22 },
      { name: 'low', percent: 10 },
    ];
    const { counter, sessionId } = await floor.atTheCounter({ taxRates, defaultTax: 'high' });
    const lines = [
      { itemId: 'BAG', quantity: 1 },
      { itemId: 'MILK', quantity: 1, discount: 1.25, tax: 'low' },
    ];
    expect(await counter.sell({ sessionId, lines, payments: [card(30.15)] })).toMatchObject({
      totalAmount: 30.15,
      net: 24.83,
      taxes: [{ tax: 5.21 }, { tax: 0.11 }],
    });
  });

  it('of cash alone the total is rounded, and the session and the day show the sum', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter({ cashRounding: 0.05 });
    const cups = { sessionId, lines: [{ itemId: 'CUP', quantity: 1, unitPrice: 12.91 }] };
    const boss = new Counter(floor.manager, tills.path);
    const first = await boss.sell({ ...cups, payments: [cash(12.9)] });
    expect([first.rounding, first.totalAmount]).toEqual([-0.01, 12.91]);
    const mixed = { ...cups, lines: [{ itemId: 'CUP', quantity: 1, unitPrice: 12.93 }] };
    expect((await boss.sell({ ...mixed, payments: [card(10), cash(2.95)] })).rounding).toBe(0.02);
    expect((await tills.session(sessionId)).rounding).toBe(0.01);
    expect((await tills.day(first.businessDay)).rounding).toBe(0.01);

    const back = bodyOf(await counter.takeBack(first, { 1: 1 }, [cash(12.9)]), 201);
    expect([back.amount, back.rounding]).toEqual([12.91, -0.01]);
    expect(await counter.sale(first.id)).toMatchObject({ isRefunded: true, lines: [{ refunded: 1 }] });
  });

  it('a sale that is sent five times, three at once, the first answer lost, is one sale and one transaction', async () => {
    const { tills, counter, sessionId, shopId } = await floor.atTheCounter();
    await using bus = await sharedStack().observe('sales-events');
    const saleId = randomUUID();
    const sale = { ...saleA(sessionId), soldAt: ago(second), totalAmount: 37.47 };
    const statuses = (await Promise.all([1, 2, 3].map(() => counter.say(sale, saleId)))).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 200, 201]);
    for (const again of [sale, { ...sale, offline: true }])
      expect(bodyOf(await counter.say(again, saleId), 200)).toEqual(await counter.sale(saleId));
    const other = await counter.say({ ...sale, totalAmount: 37.48 }, saleId);
    expect([other.status, other.body]).toEqual([409, problem('sale-reused')]);
    expect((await tills.session(sessionId)).sales).toEqual({ count: 1, gross: 37.47 });
    await eventually(() => {
      const told = bus.events('pos.transaction').filter(({ key }) => key === `${floor.tenant.tenant}/${shopId}`);
      expect(told.map(({ envelope }) => envelope.data)).toMatchObject([{ kind: 'sale', saleId, amount: 37.47 * 100 }]);
    });
  });

  it.each([
    ['no pieces', { lines: [{ itemId: 'TEA', quantity: 0 }] }],
    ['less than none', { lines: [{ itemId: 'TEA', quantity: -1 }] }],
    ['51 lines', { lines: Array.from({ length: 51 }, (_, n) => ({ itemId: `I${n}`, quantity: 1 })) }],
    ['an item twice', { lines: ['TEA', 'TEA'].map((itemId) => ({ itemId, quantity: 1 })) }],
    ['half a cent', { payments: [cash(1.005)] }],
    ['less than is to stay', { payments: [cash(37.47, 37.46)] }],
    ['change for a card', { payments: [{ ...card(37.47), tendered: 40 }] }],
    ['a discount beyond the line', { lines: [{ itemId: 'TEA', quantity: 1, discount: 10 }] }],
    ['no payment at all', { payments: [] }],
    ['a time in 2019', { soldAt: '2019-11-22T10:00:00Z' }, 'invalid-time'],
    ['a time tomorrow', { soldAt: ago(-day) }, 'invalid-time'],
    ['a tax that the shop has not', { lines: [{ itemId: 'TEA', quantity: 1, tax: 'luxury' }] }, 'unknown-tax'],
    ['an item that nobody knows', { lines: [{ itemId: 'NOBODY', quantity: 1 }] }, 'unknown-item'],
    ['another total', { totalAmount: 37.48 }, 'total-mismatch'],
    ['another total without the network', { totalAmount: 37.48, offline: true }, 'total-mismatch'],
    ['too little', { payments: [cash(37.46)] }, 'payment-mismatch'],
    ['too much by card', { payments: [card(37.48), cash(0)] }, 'payment-mismatch'],
    ['another price', { lines: [{ itemId: 'TEA', quantity: 1, unitPrice: 9.98 }] }, 'price-mismatch'],
  ])('a sale of %s is refused', async (_, more, code = 'invalid-body') => {
    const { counter, sessionId } = await floor.shared();
    const answer = await counter.say({ ...saleA(sessionId), ...more });
    expect([answer.status, answer.body]).toEqual([422, problem(code)]);
  });

  it('a sale in a session that is none, or of another shop, is not found; in one that is closed it is refused', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const other = await floor.shared();
    for (const strange of [randomUUID(), other.sessionId]) expect((await counter.say(saleA(strange))).status).toBe(404);
    const nowhere = new Counter(floor.clerk, `${tills.path}-no`);
    expect((await nowhere.say(saleA(sessionId))).status).toBe(404);
    expect((await nowhere.api.get(nowhere.path)).status).toBe(404);
    bodyOf(await tills.close(sessionId, { counted: { cash: 100 } }), 200);
    const { payments: _, ...parked } = saleA(sessionId);
    for (const sale of [saleA(sessionId), parked, { ...parked, offline: true }]) {
      const closed = await counter.say(sale);
      expect([closed.status, closed.body]).toEqual([409, problem('session-closed')]);
    }
  });

  it('customers and warehouses sell nothing, and see no sales', async () => {
    const { counter, sessionId } = await floor.shared();
    for (const role of ['customer', 'warehouse'] as const) {
      const stranger = new Counter(await floor.tenant.as(role), counter.path.replace(/\/sales$/, ''));
      expect((await stranger.say(saleA(sessionId))).status).toBe(403);
      expect((await stranger.api.get(stranger.path)).status).toBe(403);
    }
  });
});

describe('prices at a till', () => {
  it('a price that changes holds for what was sold since, and the one before for what was sold until then', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const { id } = await floor.product('OOLONG', 9.99);
    await floor.known({ counter, sessionId }, 'OOLONG');
    const sale = { sessionId, lines: [{ itemId: 'OOLONG', quantity: 1, unitPrice: 9.99 }], payments: [cash(9.99)] };
    const { payments: _, ...unpaid } = sale;
    const parked = await counter.sell({ ...unpaid, lines: [{ itemId: 'OOLONG', quantity: 1 }] });
    const before = ago(0);
    bodyOf(await (await floor.tenant.as()).patch(`/api/v1/products/${id}`, { price: 10.99 }), 200);
    await eventually(async () => {
      const { body } = await counter.say<Problem>({ ...unpaid, totalAmount: 9.99 });
      expect(body).toEqual(problem('price-mismatch'));
    });

    expect((await counter.sell({ ...sale, soldAt: before })).totalAmount).toBe(9.99);
    const late = await counter.say<Problem>({ ...sale, soldAt: ago(0) });
    expect([late.status, late.body]).toEqual([422, problem('price-mismatch')]);
    expect(late.body.detail).toContain('10.99');
    expect(bodyOf(await counter.say(sale, parked.id), 200)).toMatchObject({ status: 'completed', totalAmount: 9.99 });
    const offline = await counter.sell({ ...sale, offline: true, soldAt: ago(0) });
    expect(offline).toMatchObject({ totalAmount: 9.99, flags: ['price'] });
    expect((await counter.sales('?flagged=true')).map((flagged) => flagged.id)).toEqual([offline.id]);
    const boss = new Counter(floor.manager, tills.path);
    expect(await boss.sell(sale)).toMatchObject({ totalAmount: 9.99, flags: [] });
  });

  it('what is archived is not sold any more, unless it has happened: then it is flagged', async () => {
    const { counter, sessionId } = await floor.shared();
    const { id } = await floor.product('MATE', 5);
    await floor.known({ counter, sessionId }, 'MATE');
    const sale = { sessionId, lines: [{ itemId: 'MATE', quantity: 1 }], payments: [cash(5)] };
    bodyOf(await (await floor.tenant.as()).delete(`/api/v1/products/${id}`), 200);
    await eventually(async () => {
      const { status, body } = await counter.say({ ...sale, totalAmount: 4 });
      expect([status, body]).toEqual([422, problem('item-archived')]);
    });
    expect((await counter.sell({ ...sale, offline: true })).flags).toEqual(['archived']);
  });

  it('what was sold without the network under a tax that the shop has not is taken, and flagged', async () => {
    const { counter, sessionId } = await floor.shared();
    const lines = [{ itemId: 'TEA', quantity: 1, tax: 'luxury' }];
    const sold = await counter.sell({ sessionId, offline: true, lines, payments: [card(9.99)] });
    expect(sold).toMatchObject({ flags: ['tax'], lines: [{ taxRate: 19 }] });
  });
});

describe('sales of a shop', () => {
  it('sales are listed by day, status, till and receipt, the latest first', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const sold: Sale[] = [];
    for (const seconds of [30, 20, 10])
      sold.push(await counter.sell({ ...saleA(sessionId), soldAt: ago(seconds * second) }));
    const [first, , last] = sold;
    bodyOf(await counter.cancel(last?.id ?? ''), 200);
    const ids = async (query: string) => (await counter.sales(query)).map(({ id }) => id);
    const latestFirst = sold.map(({ id }) => id).toReversed();
    expect(await ids('')).toEqual(latestFirst);
    expect(await ids(`?day=${first?.businessDay}`)).toEqual(latestFirst);
    expect(await ids('?day=2019-01-01')).toEqual([]);
    expect(await ids('?status=voided')).toEqual([last?.id]);
    expect(await ids('?register=2')).toEqual([]);
    expect(await ids(`?receipt=${first?.receiptNumber}`)).toEqual([first?.id]);
    expect(await ids('?flagged=true')).toEqual([]);
    expect(await ids('?flagged=false&status=completed')).toEqual(latestFirst.slice(1));
    const page = bodyOf(await floor.clerk.get<Page<Sale>>(`${counter.path}?limit=2`), 200);
    const rest = bodyOf(
      await floor.clerk.get<Page<Sale>>(`${counter.path}?limit=2&continuation=${page.continuation}`),
      200,
    );
    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(latestFirst);
    expect((await tills.session(sessionId)).receipts).toBe(3);
  });

  it('what a customer has bought is theirs to see, and of nobody else', async () => {
    const { counter, sessionId } = await floor.atTheCounter();
    const [ann, ben] = [
      await floor.tenant.as('customer', { sub: 'ann' }),
      await floor.tenant.as('customer', { sub: 'ben' }),
    ];
    const sale = await counter.sell({ ...saleA(sessionId), customerId: ann.userId });
    await counter.sell(saleA(sessionId));
    const purchases = `/api/v1/customers/${ann.userId}/purchases`;
    await eventually(async () => {
      for (const reader of [ann, floor.clerk, floor.manager])
        expect(bodyOf(await reader.get<Page<Sale>>(purchases), 200).items).toEqual([sale]);
    });
    expect((await ben.get(purchases)).status).toBe(404);
    expect(bodyOf(await ben.get(`/api/v1/customers/${ben.userId}/purchases`), 200)).toEqual({ items: [] });
  });
});
