import { expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { type Goods, InsistentTill } from '../rigs/tills/insistent-till.ts';
import { Tills } from '../rigs/tills/tills.ts';
import { ownStack, shortSessions } from './own-stack.ts';

const [shopId, salesEach, inStock] = ['berlin', 500, 10_000];

/** A process that is killed starts again sooner without the rest. */
const whatSalesNeed = { ENABLED_SERVICES: 'catalog,inventory,operations,sales' };

/** A sale as it is listed. */
interface Sold {
  readonly id: string;
  readonly receiptNumber: string;
}

/**
 * When a process is killed: between the steps of a sale, from its commit to the stock that follows. Each sale has a commit and is told; what is
 * done for several at once comes more rarely.
 */
const moments = [
  // The sale is not stored.
  { server: 'cosmos', operation: 'Batch', target: 'sales', applied: false },
  // It is stored, and nobody has heard of it, not even its till.
  { server: 'cosmos', operation: 'Batch', target: 'sales', applied: true },
  // It is about to be told.
  { server: 'kafka', operation: 'Produce', target: 'sales-events', applied: false },
  // It is told, and still in the outbox.
  { server: 'kafka', operation: 'Produce', target: 'sales-events', applied: true },
  // Some that are told are about to be taken from the outbox, in one request.
  { server: 'cosmos', operation: 'Bulk', part: 'Delete', target: 'sales', every: 2, applied: false },
  // They are, and the process does not know.
  { server: 'cosmos', operation: 'Bulk', part: 'Delete', target: 'sales', every: 2, applied: true },
  // The stock is about to follow.
  { server: 'cosmos', operation: 'Batch', target: 'inventory', every: 3, applied: false },
  // It has, and its event's position is not committed yet.
  { server: 'cosmos', operation: 'Batch', target: 'inventory', every: 3, applied: true },
  // The stock is about to be told.
  { server: 'kafka', operation: 'Produce', target: 'inventory-events', every: 3, applied: false },
] as const;

it('2,000 sales at four tills, with the process killed at every step of one, are there once each, and so are their money and their stock', async (test) => {
  const stack = await ownStack(test, { env: { ...shortSessions, ...whatSalesNeed }, busFaults: true });
  const shop = new Shop(stack);
  const [itemId, cents] = ['TEA', 999];
  const goods = { itemId, cents };
  const manager = await shop.as('admin');
  const registers = ['1', '2', '3', '4'];
  const shopOfTills = await Tills.of(manager, { registers }, shopId);
  bodyOf(await manager.post('/api/v1/products', { sku: itemId, name: 'Tea', price: cents / 100 }), 201);
  await stack.settled();
  const delivery = { quantity: inStock, location: shopId };
  bodyOf(await manager.post(`/api/v1/inventory/${itemId}/receive`, delivery), 200);
  const tills = registers.map((register) => new InsistentTill(manager, shopId, register));
  await Promise.all(tills.map((till) => till.open()));
  await stack.settled();

  for (const [round, moment] of moments.entries()) {
    const kill = await stack.faults.fault({ every: 20, ...moment, times: 1, action: 'kill-functions' });
    await Promise.all(tills.map((till) => trade(till, goods, roundsOf(round))));
    await kill.happened();
  }
  await stack.settled(100_000);

  await using bus = await stack.observe('sales-events', 'inventory-events');
  await bus.caughtUp();
  const transactions = new Map(
    bus
      .events('pos.transaction')
      .filter(({ envelope }) => envelope.tenantid === shop.tenant)
      .map(({ envelope }) => [envelope.id, envelope]),
  );
  for (const till of tills) {
    const session = await shopOfTills.session(till.sessionId);
    expect(till.sold.size).toBe(salesEach);
    expect([session.expected.cash, session.receipts]).toEqual([till.cash, salesEach]);
    const journal = [...transactions.values()].filter(({ subject }) => subject.endsWith(till.sessionId));
    const sequences = journal.map(({ sequence }) => sequence).toSorted((one, other) => one - other);
    expect(sequences).toEqual(sequences.map((_, index) => index + 2));
  }
  const sales = await shop.all<Sold>(`/api/v1/shops/${shopId}/sales`);
  expect(sales.map(({ id }) => id).toSorted()).toEqual(tills.flatMap(({ sold }) => [...sold.keys()]).toSorted());
  expect(new Set(sales.map(({ receiptNumber }) => receiptNumber)).size).toBe(sales.length);
  const pieces = tills.reduce((sum, till) => sum + till.pieces, 0);
  expect(await shop.stock(itemId, shopId)).toMatchObject({ onHand: inStock - pieces, reserved: 0 });
}, 180_000);

/** How many sales a till makes in a round, so that all of them are `salesEach`. */
function roundsOf(round: number): number {
  const each = Math.floor(salesEach / moments.length);
  return round === moments.length - 1 ? salesEach - round * each : each;
}

/** Sells, takes back now and then what it has sold, and fetches change. */
async function trade(till: InsistentTill, goods: Goods, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const saleId = await till.sell(goods, 1 + (n % 3));
    if (n % 10 === 5) await till.refund(saleId, goods);
    if (n % 25 === 7) await till.void(saleId, goods);
    if (n % 40 === 11) await till.payIn(2_000);
  }
}
