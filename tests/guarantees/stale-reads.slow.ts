import { describe, expect, it, type TestContext } from 'vitest';
import { password, type User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { BusObserver } from '../rigs/clients/bus-observer.ts';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { cosmosDatabase } from '../rigs/clients/cosmos-database.ts';
import { type Order, orderOf, Shop, type Stock } from '../rigs/clients/shop.ts';
import { namedWay } from '../rigs/stack/named-way.ts';
import { ownStack } from './own-stack.ts';

const late = 'late-instance';
const topics = ['catalog-events', 'order-events', 'inventory-events', 'notification-events'];

/** How an instance reads: as it was when the fault began, or as it was a while ago. */
const lags = [
  ['for as long as it runs', {}],
  ['two seconds old', { byMs: 2_000 }],
] as const;

/** A stack with another instance, which is known to the store by its name. */
async function twoInstances(context: TestContext) {
  const stack = await ownStack(context);
  const way = await namedWay(stack.cosmos.endpoint, late);
  context.onTestFinished(() => way[Symbol.asyncDispose]());
  const lateUrl = await stack.faults.functions(late).start({ COSMOS_ENDPOINT: way.endpoint });
  context.onTestFinished(() => stack.faults.functions(late).stop());
  const bus = await stack.observe(...topics);
  context.onTestFinished(() => bus[Symbol.asyncDispose]());
  const goStale = (lag: object) => stack.faults.fault({ server: 'cosmos', client: late, action: 'stale', ...lag });
  return { stack, bus, lateUrl, goStale };
}

/** What of a shop is the same however often its events are delivered. */
async function pictureOf(shop: Shop, sku: string, bus: BusObserver) {
  const reserved = bus.events('inventory.stock.reserved').filter(({ envelope }) => envelope.tenantid === shop.tenant);
  return { stock: await shop.stock(sku), reserved: new Set(reserved.map(({ envelope }) => envelope.id)).size };
}

describe('an instance that reads the past', () => {
  it.for(lags)('an instance whose reads are stale %s sells nothing twice and does no event twice', async ([
    _,
    lag,
  ], context) => {
    const { stack, bus, lateUrl, goStale } = await twoInstances(context);
    const shops = Array.from({ length: 4 }, () => new Shop(stack));
    const skus = await Promise.all(shops.map(async (shop) => (await shop.sell({ quantity: 12 })).sku));
    const tokens = await Promise.all(shops.map(({ tenant }) => stack.token('admin', { tenant })));
    await stack.settled();
    const stale = await goStale(lag);

    const pictures = async () => {
      await stack.settled(60_000);
      await bus.caughtUp();
      requireOnceEach(bus);
      return Promise.all(shops.map((shop, n) => pictureOf(shop, skus[n] ?? '', bus)));
    };
    const placed = await Promise.all(
      shops.map((shop, n) => rush(shop, skus[n] ?? '', new ApiClient(lateUrl, tokens[n]))),
    );
    const before = await pictures();
    await stale.happened(50);
    for (const { stock, reserved } of before) {
      expect(stock).toMatchObject({ onHand: 16, reserved });
      expect(stock.available).toBeGreaterThanOrEqual(0);
    }

    await using writer = await writeToBus(stack.kafka);
    await writer.repeat(bus.events());
    expect(await pictures()).toEqual(before);
    // An instance that never sees an order cannot confirm it: that waits until it does.
    if ('byMs' in lag)
      for (const [n, shop] of shops.entries()) await allDecided(shop, placed[n] ?? [], before[n]?.reserved);
  });

  it.for(lags)('an address has one account though an instance that registers reads stale %s', async ([
    _,
    lag,
  ], context) => {
    const { stack, lateUrl, goStale } = await twoInstances(context);
    const database = cosmosDatabase(stack.cosmos);
    context.onTestFinished(() => database.client.dispose());
    const [current, behind] = [new ApiClient(stack.url), new ApiClient(lateUrl)];
    const register = (api: ApiClient, email: string) => api.post<User>('/api/v1/auth/register', { email, password });
    const stale = await goStale(lag);

    const addresses = Array.from({ length: 6 }, (_, n) => `person-${n}@example.com`);
    for (const [n, email] of addresses.entries()) {
      const answers =
        n % 2 === 0
          ? [await register(current, email), await register(behind, email)]
          : await Promise.all([register(current, email), register(behind, email)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const login = await current.post('/api/v1/auth/login', { username: email, password });
      expect(login.status).toBe(200);
    }
    await stale.happened(addresses.length);
    const query = "SELECT * FROM c WHERE c.kind = 'user'";
    const users = (await database.container('identity').items.query(query).fetchAll()).resources;
    expect(users).toHaveLength(addresses.length);
  });
});

/** More orders than there are goods, and some more goods, at both instances at once; the ids of the orders. */
async function rush(shop: Shop, sku: string, behind: ApiClient): Promise<readonly string[]> {
  const instances = [await shop.as(), behind];
  const placed = Array.from({ length: 24 }, (_, n) =>
    instances[n % 2]?.post<Order>('/api/v1/orders', orderOf({ [sku]: 1 })),
  );
  const received = Array.from({ length: 4 }, (_, n) =>
    instances[n % 2]?.post<Stock>(`/api/v1/inventory/${sku}/receive`, { quantity: 1 }),
  );
  for (const answer of await Promise.all(received)) bodyOf(answer ?? expect.fail(), 200);
  return (await Promise.all(placed)).map((answer) => bodyOf(answer ?? expect.fail(), 201).id);
}

/** Every order is decided, and as many are confirmed as goods are reserved. */
async function allDecided(shop: Shop, ids: readonly string[], reserved: number | undefined): Promise<void> {
  const orders = await Promise.all(ids.map((id) => shop.decided(id, 30_000)));
  expect(orders.filter(({ status }) => status === 'confirmed')).toHaveLength(reserved ?? expect.fail());
}

/** Two events of one subject with the same sequence would be one change that was made twice. */
function requireOnceEach(bus: BusObserver): void {
  const told = new Map(bus.events('inventory.stock.updated').map(({ envelope }) => [envelope.id, envelope]));
  const places = [...told.values()].map(({ tenantid, subject, sequence }) => `${tenantid} ${subject} ${sequence}`);
  expect(new Set(places).size).toBe(places.length);
}
