import { describe, expect, it } from 'vitest';
import { accountsOn } from '../rigs/clients/accounts.ts';
import { bodyOf, type CallOptions } from '../rigs/clients/api-client.ts';
import { type Order, orderOf, Shop } from '../rigs/clients/shop.ts';
import { openStoredDocuments } from '../rigs/clients/stored-documents.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { insist } from '../rigs/stack/insist.ts';
import { expectAgreement } from './agreement.ts';
import { startLoad } from './load.ts';
import { ownStack, shortSessions, withoutMails } from './own-stack.ts';

const quick = { env: { ...withoutMails, ...shortSessions } };

/** When a process is killed: each time between a commit and its events' arrival on the bus, in the order of a saga. */
const moments = [
  // Its key is claimed and then the order stored, and nobody has heard of it, not even its client.
  { server: 'cosmos', operation: 'Batch', target: 'orders', every: 2, applied: true },
  // The order is stored and about to be told.
  { server: 'kafka', operation: 'Produce', target: 'order-events', applied: false },
  // Its reservation is stored, and the event behind it not yet committed.
  { server: 'cosmos', operation: 'Batch', target: 'inventory', applied: true },
  // The reservation is about to be told.
  { server: 'kafka', operation: 'Produce', target: 'inventory-events', applied: false },
  // The reservation is told, and still in the outbox.
  { server: 'kafka', operation: 'Produce', target: 'inventory-events', applied: true },
] as const;

const [orderIsStored] = moments;

/** When it is killed under load: at what goes for several orders in one request, where each stands for itself. */
const gathered = [
  // The keys of some are about to be claimed, or their entries in lists to be made.
  { target: 'orders', part: 'Create', applied: false },
  // They are, and nobody has heard of it.
  { target: 'orders', part: 'Create', applied: true },
  // Some are about to be confirmed, or relieved of what was told of that.
  { target: 'orders', part: 'Replace', applied: false },
  // They are, and nobody has heard of it.
  { target: 'orders', part: 'Replace', applied: true },
  // What was told of some reservations is about to be taken from what is owed.
  { target: 'inventory', part: 'Delete', applied: false },
  // It is, and nobody has heard of it.
  { target: 'inventory', part: 'Delete', applied: true },
] as const;

/** When it is killed while several orders carry what they owe. */
const owed = [
  // They are stored with it, and nobody has heard of them, not even their clients.
  { part: 'Create', applied: true },
  // It is told, and they are about to be relieved of it.
  { part: 'Replace', applied: false },
  // They are.
  { part: 'Replace', applied: true },
] as const;

/** Side by side, for the waiting in them: each has a stack of its own. */
describe.concurrent('killed processes', () => {
  it('a process killed anywhere between a commit and its events loses nothing and does nothing twice', async (test) => {
    const stack = await ownStack(test, { ...quick, busFaults: true });
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 100 });
    const sales = await shop.as('sales');
    await stack.settled();
    const placed: Order[] = [];
    for (const moment of moments) {
      const kill = await stack.faults.fault({ ...moment, times: 1, action: 'kill-functions' });
      const answer = await insist((options) => sales.post<Order>('/api/v1/orders', orderOf({ [sku]: 2 }), options));
      placed.push(bodyOf(answer, 201));
      await kill.happened();
      if (moment === orderIsStored) expect(answer.headers.get('idempotency-replayed')).toBe('true');
    }
    for (const { id } of placed) expect((await shop.decided(id, 25_000)).status).toBe('confirmed');
    await expectAgreement(stack, shop, sku);
    expect((await shop.stock(sku)).reserved).toBe(2 * moments.length);
  }, 240_000);

  it('a process killed under load whenever it sends something of several orders at once loses nothing and does nothing twice', async (test) => {
    const stack = await ownStack(test, quick);
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 60 });
    const load = startLoad(shop, sku);
    test.onTestFinished(async () => void (await load.end()));
    for (const moment of gathered) {
      await load.acknowledged(20);
      const ofSeveral = { server: 'cosmos', operation: 'Bulk', times: 1 } as const;
      const kill = await stack.faults.fault({ ...ofSeveral, ...moment, action: 'kill-functions' });
      await kill.happened();
    }
    await load.acknowledged(20);
    const acknowledged = await load.end();
    const orders = await expectAgreement(stack, shop, sku);
    expect(orders.map(({ id }) => id)).toEqual(expect.arrayContaining([...acknowledged]));
  }, 240_000);

  it('a process killed as orders are stored together with what they owe, or relieved of it together, loses none of it', async (test) => {
    // Nobody decides them, so they keep it until they are relieved of it.
    const undecided = { 'AzureWebJobs.inventory-on-order-events.Disabled': 'true' };
    const stack = await ownStack(test, { ...quick, env: { ...quick.env, ...undecided } });
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 100 });
    const sales = await shop.as('sales');
    using documents = openStoredDocuments(stack);
    const stored = async () => (await documents.of(shop.tenant, 'orders', 'order')).length;
    const place = () => sales.post<Order>('/api/v1/orders', orderOf({ [sku]: 1 }));
    for (const moment of owed) {
      const ofOrders = { server: 'cosmos', operation: 'Bulk', target: 'orders', times: 1 } as const;
      // What is killed first may be a request with one order in it: it is to be one with several.
      await eventually(async () => {
        await eventually(async () => expect((await place()).status).toBe(201), 20_000);
        await stack.settled(40_000);
        const before = await stored();
        const kill = await stack.faults.fault({ ...ofOrders, ...moment, action: 'kill-functions' });
        await Promise.allSettled(Array.from({ length: 8 }, place));
        await kill.happened();
        expect(await stored()).toBeGreaterThan(before + 1);
      }, 60_000);
    }
    await eventually(place, 20_000);
    await stack.faults.functions().stop();
    await stack.faults.functions().start(Object.fromEntries(Object.keys(undecided).map((name) => [name, 'false'])));
    const orders = await expectAgreement(stack, shop, sku);
    expect(orders).toHaveLength(await stored());
  }, 240_000);

  it('a process killed between a refusal that is to be told and its answer tells it all the same', async (test) => {
    const stack = await ownStack(test, quick);
    const clerk = await accountsOn(stack).as('sales');
    await stack.settled();
    await using bus = await stack.observe('platform-events');
    const stored = { server: 'cosmos', operation: 'Batch', target: 'identity', applied: true, times: 1 } as const;
    const kill = await stack.faults.fault({ ...stored, action: 'kill-functions' });
    expect((await insist((options) => clerk.get('/api/v1/users', options))).status).toBe(403);
    await kill.happened();
    // That of the process which was killed, and that of the one which answered.
    await eventually(() => {
      const kinds = bus.events('security.event').map(({ envelope }) => envelope.data);
      const refused = kinds.filter((data) => JSON.stringify(data).includes('admin-route-refused'));
      expect(refused).toHaveLength(2);
    }, 40_000);
  }, 240_000);

  it('a process killed between counting an order among the open ones and placing it counts it once', async (test) => {
    const stack = await ownStack(test, { ...quick, env: { ...quick.env, ORDERS_OPEN_MAX: '2' } });
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 10 });
    const ann = await shop.as('customer', { sub: 'ann' });
    await stack.settled();
    const place = (options?: CallOptions) =>
      ann.post<Order>('/api/v1/orders', { items: [{ itemId: sku, quantity: 1 }] }, options);
    // The key is claimed, then the order is counted, and then it would be placed.
    const placing = { server: 'cosmos', operation: 'Batch', target: 'orders', every: 3, times: 1 } as const;
    const kill = await stack.faults.fault({ ...placing, action: 'kill-functions' });
    const first = bodyOf(await insist(place), 201);
    await kill.happened();
    const second = await insist(() => place());
    expect([second.status, (await place()).status]).toEqual([201, 409]);
    for (const id of [first.id, second.body.id]) expect((await shop.decided(id, 25_000)).status).toBe('confirmed');
    await ann.post(`/api/v1/orders/${first.id}/cancel`);
    await eventually(async () => expect((await place()).status).toBe(201));
    expect((await place()).status).toBe(409);
  }, 240_000);
});
