import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { Counter, card, cash, type Refund } from '../rigs/tills/counter.ts';
import { problem, ShopFloor, saleA } from '../rigs/tills/shop-floor.ts';
import { openShop } from './open-shop.ts';

let floor: ShopFloor;

beforeAll(async () => {
  floor = await ShopFloor.of(openShop());
});

describe('a void', () => {
  it('a sale is voided in its session: its money is expected no more and its goods are back', async () => {
    const { tills, counter, sessionId, shopId } = await floor.atTheCounter();
    await floor.receive('TEA', 20, shopId);
    const sale = await counter.sell(saleA(sessionId));
    await eventually(async () => expect(await floor.tenant.stock('TEA', shopId)).toMatchObject({ onHand: 17 }));
    const voided = bodyOf(await counter.cancel(sale.id), 200);
    expect(voided).toMatchObject({ status: 'voided', reasonCode: 'mistake' });
    expect(bodyOf(await counter.cancel(sale.id), 200)).toEqual(voided);
    expect(bodyOf(await counter.say(saleA(sessionId), sale.id), 200)).toEqual(voided);
    expect((await tills.session(sessionId)).expected.cash).toBe(100);
    await eventually(async () => expect(await floor.tenant.stock('TEA', shopId)).toMatchObject({ onHand: 20 }));
    const back = await counter.takeBack(sale, { 1: 1 }, [cash(9.99)]);
    expect([back.status, back.body]).toEqual([409, problem('illegal-transition')]);
  });

  it('once its session is closed, or something has come back, a sale is not voided', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const [sale, refunded] = [await counter.sell(saleA(sessionId)), await counter.sell(saleA(sessionId))];
    bodyOf(await counter.takeBack(refunded, { 1: 1 }, [cash(9.99)]), 201);
    const tooLate = await counter.cancel(refunded.id);
    expect([tooLate.status, tooLate.body]).toEqual([409, problem('illegal-transition')]);
    bodyOf(await tills.close(sessionId, { counted: { cash: 164.95 } }), 200);
    const closed = await counter.cancel(sale.id);
    expect([closed.status, closed.body]).toEqual([409, problem('session-closed')]);
  });

  it("a colleague's sale is voided by a manager alone", async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const sale = await counter.sell(saleA(sessionId));
    const colleague = new Counter(await floor.tenant.as('sales', { sub: 'berta' }), tills.path);
    expect((await colleague.cancel(sale.id)).status).toBe(403);
    bodyOf(await new Counter(floor.manager, tills.path).cancel(sale.id), 200);
  });
});

describe('a refund', () => {
  it('a line of three for 10.00 comes back as 3.33, 3.34 and 3.33, and a fourth time not at all', async () => {
    const { counter, sessionId } = await floor.atTheCounter();
    const lines = [{ itemId: 'CUP', quantity: 3, discount: 28.7 }];
    const sale = await counter.sell({ sessionId, lines, payments: [cash(10)] });
    const refunds: Refund[] = [];
    for (const amount of [3.33, 3.34, 3.33])
      refunds.push(bodyOf(await counter.takeBack(sale, { 1: 1 }, [cash(amount)]), 201));
    expect(refunds.map(({ amount, tax }) => [amount, tax[0]?.tax])).toEqual([
      [3.33, 0.53],
      [3.34, 0.53],
      [3.33, 0.54],
    ]);
    const fourth = await counter.takeBack(sale, { 1: 1 }, [cash(3.33)]);
    expect([fourth.status, fourth.body]).toEqual([409, problem('refund-exceeds-sale')]);
    expect(await counter.sale(sale.id)).toMatchObject({ isRefunded: true, refunds: [{}, {}, {}] });
  });

  it('two tills that take the last piece back at once do so once', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const other = await tills.open(100, { register: '2' });
    const sale = await counter.sell({ sessionId, lines: [{ itemId: 'TEA', quantity: 1 }], payments: [cash(9.99)] });
    const answers = await Promise.all(
      [sessionId, other.id].map((at) => counter.takeBack({ id: sale.id, sessionId: at }, { 1: 1 }, [cash(9.99)])),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const drawers = await Promise.all([sessionId, other.id].map((id) => tills.session(id)));
    expect(drawers.reduce((sum, { refunds }) => sum + refunds.amount, 0)).toBe(9.99);
  });

  it('a refund that is sent again is the same one, also when its session is closed, and no other', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const sale = await counter.sell(saleA(sessionId));
    const refundId = randomUUID();
    const first = bodyOf(await counter.takeBack(sale, { 1: 1 }, [cash(9.99)], { refundId }), 201);
    bodyOf(await tills.close(sessionId, { counted: { cash: 127.48 } }), 200);
    expect(bodyOf(await counter.takeBack(sale, { 1: 1 }, [cash(9.99)], { refundId }), 200)).toEqual(first);
    const other = await counter.takeBack(sale, { 1: 2 }, [cash(19.98)], { refundId });
    expect([other.status, other.body]).toEqual([409, problem('sale-reused')]);
    const closed = await counter.takeBack(sale, { 1: 1 }, [cash(9.99)]);
    expect([closed.status, closed.body]).toEqual([409, problem('session-closed')]);
  });

  it.each([
    ['a line that the sale has not', { 9: 1 }, [cash(9.99)], 422, 'unknown-line'],
    ['no pieces', { 1: 0 }, [cash(0)], 422, 'invalid-body'],
    ['more pieces than were sold', { 1: 4 }, [cash(39.96)], 409, 'refund-exceeds-sale'],
    ['another amount', { 1: 1 }, [cash(9.98)], 422, 'payment-mismatch'],
    ['what was paid in cash by card', { 1: 1 }, [card(9.99)], 422, 'refund-method'],
  ])('a refund of %s is refused', async (_, pieces, payments, status, code) => {
    const { counter, sessionId } = await floor.shared();
    const answer = await counter.takeBack(await counter.sell(saleA(sessionId)), pieces, payments);
    expect([answer.status, answer.body]).toEqual([status, problem(code)]);
  });

  it('a manager pays out in another way, and broken goods do not come back to the stock', async () => {
    const { tills, counter, sessionId, shopId } = await floor.atTheCounter();
    await floor.receive('TEA', 5, shopId);
    const sale = await counter.sell(saleA(sessionId));
    const boss = new Counter(floor.manager, tills.path);
    const lines = [
      { line: 1, quantity: 1, restock: false },
      { line: 2, quantity: 1 },
    ];
    bodyOf(await boss.takeBack(sale, {}, [card(12.49)], { lines }), 201);
    expect((await tills.session(sessionId)).expected).toMatchObject({ cash: 137.47, card: -12.49 });
    await eventually(async () => expect(await floor.tenant.stock('MILK', shopId)).toMatchObject({ onHand: 1 }));
    expect(await floor.tenant.stock('TEA', shopId)).toMatchObject({ onHand: 2 });
  });
});
