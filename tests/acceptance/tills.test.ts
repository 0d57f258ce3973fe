import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { Page } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { shopDescription, Tills } from '../rigs/tills/tills.ts';
import { openShop } from './open-shop.ts';

const problem = (code: string) => expect.objectContaining({ type: `/problems/${code}` });
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const [minute, day] = [60_000, 86_400_000];

/** Tills of a shop of a tenant of its own. */
const openTills = async (besides: object = {}) => Tills.of(await openShop().as('manager'), besides);

describe('shops', () => {
  it('a shop is opened once, read, changed and listed', async () => {
    const tenant = openShop();
    const [manager, sales] = [await tenant.as('manager'), await tenant.as('sales')];
    const described = { ...shopDescription('berlin'), cashRounding: 0.05, differenceLimit: 5 };
    const opened = await manager.post('/api/v1/shops', described);
    expect(bodyOf(opened, 201)).toMatchObject({ ...described, id: 'berlin', location: 'berlin', status: 'open' });
    expect(opened.headers.get('location')).toBe('/api/v1/shops/berlin');
    const again = await manager.post('/api/v1/shops', described);
    expect([again.status, again.body]).toEqual([409, problem('already-exists')]);

    const change = { name: 'Berlin Mitte', registers: ['1', '2', '3'], differenceLimit: null };
    const changed = bodyOf(await manager.patch<object>('/api/v1/shops/berlin', change), 200);
    expect(changed).toMatchObject({ name: 'Berlin Mitte', registers: ['1', '2', '3'], cashRounding: 0.05 });
    expect(changed).not.toHaveProperty('differenceLimit');
    expect(bodyOf(await sales.get('/api/v1/shops/berlin'), 200)).toEqual(changed);
    await eventually(async () => {
      const { items } = bodyOf(await sales.get<Page<object>>('/api/v1/shops?status=open'), 200);
      expect(items).toEqual([changed]);
    });
  });

  it('a rate that changes counts from its day, and the one before is remembered', async () => {
    const manager = await openShop().as('manager');
    await Tills.of(manager, {}, 'berlin');
    const taxRates = [
      { name: 'standard', percent: 16, validFrom: '2099-07-01' },
      { name: 'luxury', percent: 33.25 },
    ];
    const { taxRates: after } = bodyOf(
      await manager.patch<{ taxRates: unknown }>('/api/v1/shops/berlin', { taxRates }),
      200,
    );
    expect(after).toEqual([
      { name: 'standard', percent: 16, validFrom: '2099-07-01', earlier: [{ percent: 19 }] },
      { name: 'luxury', percent: 33.25, validFrom: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    ]);
  });

  it.each([
    ['a default tax that is not among its rates', { defaultTax: 'luxury' }, 'unknown-tax'],
    ['cash that is rounded to 0.02', { cashRounding: 0.02 }, 'invalid-body'],
    ['a register twice', { registers: ['1', '1'] }, 'invalid-body'],
    ['no register', { registers: [] }, 'invalid-body'],
    ['a time zone that is an offset', { timeZone: '+01:00' }, 'invalid-body'],
    ['a rate with three decimals', { taxRates: [{ name: 'standard', percent: 7.125 }] }, 'invalid-body'],
  ])('a shop with %s is refused', async (_, besides, code) => {
    const manager = await openShop().as('manager');
    const answer = await manager.post('/api/v1/shops', shopDescription('berlin', besides));
    expect([answer.status, answer.body]).toEqual([422, problem(code)]);
  });

  it('a shop closes for good once its tills are closed, and again changes nothing', async () => {
    const manager = await openShop().as('manager');
    const tills = await Tills.of(manager);
    const { id } = await tills.open(100);
    const early = await manager.post(`${tills.path}/close`, {});
    expect([early.status, early.body]).toEqual([409, problem('session-open')]);
    bodyOf(await tills.close(id, { counted: { cash: 100 } }), 200);
    const closed = bodyOf(await manager.post(`${tills.path}/close`, { reasonCode: 'moved' }), 200);
    expect(closed).toMatchObject({ status: 'closed' });
    expect(bodyOf(await manager.post(`${tills.path}/close`, {}), 200)).toEqual(closed);

    const opening = await tills.tryOpen({ register: '1', openingCash: 100 });
    expect([opening.status, opening.body]).toEqual([409, problem('shop-closed')]);
    const change = await manager.patch(tills.path, { name: 'Elsewhere' });
    expect([change.status, change.body]).toEqual([409, problem('shop-closed')]);
  });

  it('a register with an open session cannot go, and may once it is closed', async () => {
    const manager = await openShop().as('manager');
    const tills = await Tills.of(manager);
    const { id } = await tills.open(100);
    const busy = await manager.patch(tills.path, { registers: ['2'] });
    expect([busy.status, busy.body]).toEqual([409, problem('register-busy')]);
    bodyOf(await tills.close(id, { counted: { cash: 100 } }), 200);
    expect(bodyOf(await manager.patch(tills.path, { registers: ['2'] }), 200)).toMatchObject({ registers: ['2'] });
    expect((await tills.tryOpen({ register: '1', openingCash: 0 })).status).toBe(404);
  });
});

describe('sessions of a till', () => {
  it('a session is opened once by its own id: the same again is 200, another opening is refused', async () => {
    const tills = await openTills();
    const [id, openedAt] = [randomUUID(), ago(minute)];
    const opening = { register: '1', openingCash: 100, openedAt };
    const first = bodyOf(await tills.tryOpen(opening, id), 201);
    expect(first).toMatchObject({ id, register: '1', status: 'open', openingCash: 100, version: 1 });
    const inBerlin = `${new Date(Date.parse(openedAt) + 3_600_000).toISOString().slice(0, -1)}+01:00`;
    expect(bodyOf(await tills.tryOpen({ ...opening, openedAt: inBerlin }, id), 200)).toEqual(first);
    for (const other of [{ openingCash: 100.01 }, { register: '2' }, { openedAt: ago(2 * minute) }]) {
      const answer = await tills.tryOpen({ ...opening, ...other }, id);
      expect([answer.status, answer.body]).toEqual([409, problem('session-reused')]);
    }
    const busy = await tills.tryOpen({ register: '1', openingCash: 0 });
    expect([busy.status, busy.body]).toEqual([409, problem('register-busy')]);
    expect((await tills.open(0, { register: '2' })).register).toBe('2');
  });

  it('five openings of one register at once are one session', async () => {
    const tills = await openTills();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => tills.tryOpen({ register: '1', openingCash: 5 })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
    expect(await tills.sessions('?status=open')).toHaveLength(1);
  });

  it.each([
    ['eight days ago', -8 * day],
    ['in six minutes', 6 * minute],
  ])('a session that was opened %s is refused', async (_, ahead) => {
    const tills = await openTills();
    const answer = await tills.tryOpen({ register: '1', openingCash: 0, openedAt: ago(-ahead) });
    expect([answer.status, answer.body]).toEqual([422, problem('invalid-time')]);
  });

  it.each([
    ['a shop that is none', (tills: Tills) => `${tills.path}-no/sessions/s1`, { register: '1', openingCash: 1 }, 404],
    ['a register that is none', ({ path }: Tills) => `${path}/sessions/s1`, { register: '9', openingCash: 1 }, 404],
    ['a late session', ({ path }: Tills) => `${path}/sessions/late-1`, { register: '1', openingCash: 1 }, 404],
    ['half a cent', ({ path }: Tills) => `${path}/sessions/s1`, { register: '1', openingCash: 1.005 }, 422],
    ['less than nothing', ({ path }: Tills) => `${path}/sessions/s1`, { register: '1', openingCash: -1 }, 422],
  ])('an opening of %s is refused', async (_, pathOf, body, status) => {
    const manager = await openShop().as('manager');
    const tills = await Tills.of(manager);
    expect((await manager.put(pathOf(tills), body)).status).toBe(status);
  });

  it('cash that is paid in and out is expected in the drawer, once, and what was counted is never changed', async () => {
    const tills = await openTills();
    const { id } = await tills.open(100);
    const [paidIn, movementId] = [{ kind: 'paid-in', amount: 50, reasonCode: 'change' }, randomUUID()];
    expect(bodyOf(await tills.move(id, paidIn, movementId), 201).expected.cash).toBe(150);
    expect(bodyOf(await tills.move(id, paidIn, movementId), 200).expected.cash).toBe(150);
    const other = await tills.move(id, { ...paidIn, amount: 5 }, movementId);
    expect([other.status, other.body]).toEqual([409, problem('session-reused')]);
    bodyOf(await tills.move(id, { kind: 'paid-out', amount: 20, reasonCode: 'postage' }), 201);

    const closing = { counted: { cash: 129.92 }, takenOut: 29.92, note: 'A coin is missing' };
    const closed = bodyOf(await tills.close(id, closing), 200);
    expect(closed).toMatchObject({
      status: 'closed',
      expected: { cash: 130, card: 0, voucher: 0 },
      counted: { cash: 129.92 },
      difference: { cash: -0.08 },
      takenOut: 29.92,
      note: 'A coin is missing',
    });
    expect(bodyOf(await tills.close(id, closing), 200)).toEqual(closed);
    expect(await tills.session(id)).toEqual(closed);
    for (const otherwise of [{ counted: { cash: 130 } }, { takenOut: 0 }, { note: 'Another' }]) {
      const answer = await tills.close(id, { ...closing, ...otherwise });
      expect([answer.status, answer.body]).toEqual([409, problem('session-closed')]);
    }
    expect(bodyOf(await tills.move(id, paidIn, movementId), 200)).toMatchObject({ status: 'closed' });
    const late = await tills.move(id, paidIn);
    expect([late.status, late.body]).toEqual([409, problem('session-closed')]);
  });

  it('the next session begins with what the one before has left, and says so', async () => {
    const tills = await openTills();
    const { id } = await tills.open(100);
    bodyOf(await tills.close(id, { counted: { cash: 100 }, takenOut: 40 }), 200);
    const next = await tills.open(55);
    expect(next).toMatchObject({ openingCash: 55, leftBySessionBefore: 60, openingDifference: -5 });
    expect(next).not.toHaveProperty('explained');
  });

  it('a difference beyond the limit of the shop has to be explained, whichever its sign', async () => {
    const tills = await openTills({ differenceLimit: 2 });
    const { id } = await tills.open(100);
    for (const cash of [97.99, 102.01]) {
      const answer = await tills.close(id, { counted: { cash } });
      expect([answer.status, answer.body]).toEqual([422, problem('difference-unexplained')]);
    }
    expect(bodyOf(await tills.close(id, { counted: { cash: 98 } }), 200)).toMatchObject({ difference: { cash: -2 } });
    const second = await tills.open(98);
    const closing = { counted: { cash: 90 }, note: 'Robbed' };
    expect(bodyOf(await tills.close(second.id, closing), 200)).toMatchObject({ difference: { cash: -8 } });
  });

  it('more cannot be taken out than was counted', async () => {
    const tills = await openTills();
    const { id } = await tills.open(100);
    const answer = await tills.close(id, { counted: { cash: 100 }, takenOut: 100.01 });
    expect([answer.status, answer.body]).toEqual([422, problem('invalid-body')]);
  });

  it('sessions are listed by day and status, the newest first', async () => {
    const tills = await openTills();
    const early = await tills.open(10, { openedAt: ago(3 * day), register: '2' });
    bodyOf(await tills.move(early.id, { kind: 'paid-in', amount: 5, reasonCode: 'change' }), 201);
    bodyOf(await tills.close(early.id, { counted: { cash: 15 } }), 200);
    const now = await tills.open(10);
    expect((await tills.sessions()).map(({ id }) => id)).toEqual([now.id, early.id]);
    expect((await tills.sessions(`?day=${early.businessDay}`)).map(({ id }) => id)).toEqual([early.id]);
    expect((await tills.sessions('?status=open')).map(({ id }) => id)).toEqual([now.id]);
  });

  it('a session that is opened late in the evening counts for that day of its shop, past midnight too', async () => {
    const tills = await openTills({ timeZone: 'Pacific/Kiritimati' });
    const openedAt = ago(0);
    const { businessDay } = await tills.open(0, { openedAt });
    expect(businessDay).toBe(new Date(Date.parse(openedAt) + 14 * 3_600_000).toISOString().slice(0, 10));
    expect((await tills.day(businessDay)).sessions).toMatchObject([{ register: '1', status: 'open' }]);
  });
});
