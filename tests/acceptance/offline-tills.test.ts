import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { inParallel } from '../../shared/async/in-parallel.ts';
import { type Answer, bodyOf } from '../rigs/clients/api-client.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { card, cash } from '../rigs/tills/counter.ts';
import { problem, ShopFloor, saleA } from '../rigs/tills/shop-floor.ts';
import { openShop, sharedStack } from './open-shop.ts';

let floor: ShopFloor;
const [hour, day] = [3_600_000, 86_400_000];
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

beforeAll(async () => {
  floor = await ShopFloor.of(openShop());
});

describe('a till that was offline', () => {
  it('a day of two tills that is sent twice, late and in whatever order ends as the same day as online', async () => {
    const online = await anyDay();
    for (const send of online.sent) expect((await send()).status).toBeLessThan(202);
    const offline = await anyDay();
    await using bus = await sharedStack().observe('sales-events');
    await untilTaken(offline.sent);
    await inParallel(shuffled(offline.sent), 4, async (send) => expect((await send()).status).toBe(200));

    const { sessions, ...totals } = await offline.tills.day(offline.businessDay);
    const { sessions: sessionsOnline, ...totalsOnline } = await online.tills.day(offline.businessDay);
    expect(totals).toEqual(totalsOnline);
    const drawers = (all: typeof sessions) =>
      all
        .map(({ register, expected }) => ({ register, expected }))
        .toSorted((a, b) => (a.register < b.register ? -1 : 1));
    expect(drawers(sessions)).toEqual(drawers(sessionsOnline));
    const receipts = (await offline.counter.sales('?limit=100')).flatMap(({ receiptNumber = [] }) => receiptNumber);
    const numbers = ['1', '2'].flatMap((register) =>
      Array.from({ length: 6 }, (_, n) => `${offline.shopId}-${register}-${offline.businessDay}-${n + 1}`),
    );
    expect(receipts.toSorted()).toEqual(numbers);
    await eventually(() => {
      for (const { sessionId } of sessions) {
        const journal = bus
          .events()
          .filter(({ envelope }) => envelope.subject === `session/${offline.shopId}/${sessionId}`);
        expect(journal.map(({ envelope }) => envelope.sequence)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
      }
    });
    await eventually(async () => {
      const stocks = await Promise.all([online, offline].map(({ shopId }) => floor.tenant.stock('MILK', shopId)));
      expect(stocks.map(({ onHand }) => onHand)).toEqual([480, 480]);
    });
  });

  it('what comes for a session that was closed is told at the next opening of its register, once', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const { businessDay } = await tills.session(sessionId);
    bodyOf(await tills.close(sessionId, { counted: { cash: 137.47 }, takenOut: 37.47 }), 200);
    const sold = { ...saleA(sessionId), offline: true, soldAt: ago(1) };
    const first = await counter.sell(sold);
    const byCard = await counter.sell({ ...sold, payments: [card(37.47)] });
    expect([first, byCard].map(({ receiptNumber }) => receiptNumber)).toEqual([
      expect.stringMatching(/-L1$/),
      expect.stringMatching(/-L2$/),
    ]);
    const late = await tills.session(first.sessionId);
    expect(late).toMatchObject({ status: 'late', register: '1', businessDay, openingCash: 0 });
    expect(late.expected).toEqual({ cash: 37.47, card: 37.47, voucher: 0 });
    for (const refused of [
      await tills.close(late.id, { counted: { cash: 37.47 } }),
      await tills.move(late.id, { kind: 'paid-in', amount: 1, reasonCode: 'change' }),
      await counter.takeBack({ ...first }, { 1: 1 }, [cash(9.99)]),
      await counter.cancel(first.id),
    ])
      expect([refused.status, refused.body]).toEqual([409, problem('session-closed')]);

    const next = await tills.open(100);
    expect(next).toMatchObject({ leftBySessionBefore: 100, explained: { cash: 37.47, card: 37.47, voucher: 0 } });
    bodyOf(await counter.takeBack({ id: first.id, sessionId: next.id }, { 1: 1 }, [cash(9.99)]), 201);
    bodyOf(await tills.close(next.id, { counted: { cash: 90.01 } }), 200);
    expect(await tills.open(90.01)).not.toHaveProperty('explained');
    expect((await tills.day(businessDay)).sales).toEqual({ count: 2, gross: 74.94 });
  });

  it('a change of a parked sale that comes behind its payment changes nothing, counted or not', async () => {
    const { counter, sessionId } = await floor.shared();
    const { payments, ...unpaid } = saleA(sessionId);
    const [one, two] = [1, 2].map((revision) => ({ ...unpaid, lines: unpaid.lines.slice(1), revision }));
    const { id } = await counter.sell(one ?? {});
    const paid = bodyOf(await counter.say({ ...unpaid, payments, offline: true }, id), 200);
    expect(bodyOf(await counter.say(two ?? {}, id), 200)).toEqual(paid);
    expect(bodyOf(await counter.say({ ...unpaid, payments, offline: true }, id), 200)).toEqual(paid);
  });

  it('a sale that is sent again is known although its tax has another rate since the same day, or none, or is new', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const [sold, beforeItsTax] = [saleA(sessionId), saleA(sessionId)].map((sale, index) => ({
      ...sale,
      lines: sale.lines.map((line) => ({ ...line, tax: index === 0 ? 'standard' : 'luxury' })),
      offline: index === 1,
    }));
    const [first, flagged] = [await counter.sell(sold ?? {}), await counter.sell(beforeItsTax ?? {})];
    for (const taxRates of [
      [{ name: 'standard', percent: 21 }],
      [
        { name: 'standard', percent: 21 },
        { name: 'luxury', percent: 25 },
      ],
    ])
      bodyOf(await floor.manager.patch(tills.path, { taxRates }), 200);
    expect(bodyOf(await counter.say(sold ?? {}, first.id), 200)).toEqual(first);
    expect(bodyOf(await counter.say(beforeItsTax ?? {}, flagged.id), 200)).toEqual(flagged);
  });

  it('receipts go on over the sessions of a register and day', async () => {
    const { tills, counter, sessionId, shopId } = await floor.atTheCounter();
    await counter.sell(saleA(sessionId));
    bodyOf(await tills.close(sessionId, { counted: { cash: 137.47 } }), 200);
    const { id, businessDay } = await tills.open(137.47);
    expect((await counter.sell(saleA(id))).receiptNumber).toBe(`${shopId}-1-${businessDay}-2`);
  });

  it('what was paid without the network is taken although the sale was given up, its till and its shop closed', async () => {
    const { tills, counter, sessionId } = await floor.atTheCounter();
    const { payments, ...unpaid } = saleA(sessionId);
    const parked = await counter.sell(unpaid);
    bodyOf(await counter.cancel(parked.id), 200);
    bodyOf(await tills.close(sessionId, { counted: { cash: 100 } }), 200);
    bodyOf(await floor.manager.post(`${tills.path}/close`, {}), 200);
    const paid = { ...unpaid, payments, soldAt: ago(1) };
    const online = await counter.say(paid, parked.id);
    expect(online.status).toBe(409);
    const taken = bodyOf(await counter.say({ ...paid, offline: true }, parked.id), 200);
    expect(taken).toMatchObject({ status: 'completed', receiptNumber: expect.stringMatching(/-L1$/) });
    expect(taken).not.toHaveProperty('reasonCode');
    expect(bodyOf(await counter.say({ ...paid, offline: true }, parked.id), 200)).toEqual(taken);
  });
});

describe('two people at one till', () => {
  it('of a sale that is parked while its till is closed, one is refused', async () => {
    const { counter, tills } = await floor.openedShop({ registers: Array.from({ length: 8 }, (_, n) => `${n + 1}`) });
    await inParallel([1, 2, 3, 4, 5, 6, 7, 8], 4, async (n) => {
      const { id: sessionId } = await tills.open(100, { register: `${n}` });
      const { payments: _, ...unpaid } = saleA(sessionId);
      const saleId = randomUUID();
      const [parked, closed] = await Promise.all([
        counter.say(unpaid, saleId),
        tills.close(sessionId, { counted: { cash: 100 } }),
      ]);
      expect([
        [201, 409],
        [409, 200],
      ]).toContainEqual([parked.status, closed.status]);
      const known = await counter.sales(`?status=open&register=${n}`);
      expect(known.map(({ id }) => id)).toEqual(parked.status === 201 ? [saleId] : []);
    });
  });

  it('of a till that is opened while its shop is closed, one is refused', async () => {
    await inParallel([1, 2, 3, 4, 5, 6], 3, async () => {
      const { tills } = await floor.openedShop();
      const [opened, closed] = await Promise.all([
        tills.tryOpen({ register: '1', openingCash: 100 }),
        floor.manager.post(`${tills.path}/close`, {}),
      ]);
      expect([
        [201, 409],
        [409, 200],
      ]).toContainEqual([opened.status, closed.status]);
    });
  });
});

/** What two tills of a new shop have to tell of their day before, in the order in which it happened. */
async function anyDay() {
  const { tills, counter, shopId } = await floor.openedShop();
  await floor.receive('MILK', 500, shopId);
  const openedAt = Date.now() - day;
  const at = (hours: number) => new Date(openedAt + hours * hour).toISOString();
  const tellings = ['1', '2'].map((register) => {
    const sessionId = randomUUID();
    const milk = (quantity: number, hours: number) => ({
      sessionId,
      offline: true,
      soldAt: at(hours),
      lines: [{ itemId: 'MILK', quantity, unitPrice: 2.5, tax: 'reduced' }],
    });
    const [id, ids] = [randomUUID(), Array.from({ length: 5 }, () => randomUUID())];
    const [paidIn, paidOut, refundId, secondRefundId] = Array.from({ length: 4 }, () => randomUUID());
    const parked = [1, 2].map((n) => () => counter.say({ ...milk(n, n), revision: n }, id));
    const sold = ids.map((saleId, n) => () => counter.say({ ...milk(3, 3 + n), payments: [cash(7.5, 10)] }, saleId));
    const [one = '', two = '', voided = ''] = ids;
    const back = (saleId: string, quantity: number, refund: string | undefined) => () =>
      counter.takeBack({ id: saleId, sessionId }, { 1: quantity }, [cash(quantity * 2.5)], { refundId: refund });
    return [
      () => tills.tryOpen({ register, openingCash: 100, openedAt: at(0) }, sessionId),
      ...parked,
      () => counter.say({ ...milk(2, 3), payments: [card(5)] }, id),
      ...sold,
      () => counter.cancel(voided),
      back(one, 1, refundId),
      back(two, 3, secondRefundId),
      () => tills.move(sessionId, { kind: 'paid-in', amount: 50, reasonCode: 'change', at: at(9) }, paidIn),
      () => tills.move(sessionId, { kind: 'paid-out', amount: 20, reasonCode: 'postage', at: at(10) }, paidOut),
    ];
  });
  const sent: readonly (() => Promise<Answer<unknown>>)[] = tellings.flat();
  const businessDay = new Date(openedAt).toLocaleDateString('sv', { timeZone: 'Europe/Berlin' });
  return { tills, counter, shopId, sent, businessDay };
}

/** What cannot be taken yet is sent again, as tills do; several things are under way at once, and each comes twice. */
async function untilTaken(all: readonly (() => Promise<Answer<unknown>>)[]): Promise<void> {
  let waiting = [...all, ...all];
  await eventually(async () => {
    const again: typeof waiting = [];
    await inParallel(shuffled(waiting), 4, async (send) => {
      const { status } = await send();
      if (status === 200 || status === 201) return;
      expect([404, 409]).toContain(status);
      again.push(send);
    });
    waiting = again;
    expect(waiting).toHaveLength(0);
  });
}

function shuffled<T>(all: readonly T[]): readonly T[] {
  const [order = []] = fc.sample(fc.shuffledSubarray([...all.keys()], { minLength: all.length }), 1);
  return order.flatMap((index) => all.slice(index, index + 1));
}
