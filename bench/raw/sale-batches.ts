import { randomUUID } from 'node:crypto';
import type { Items, OperationInput } from '@azure/cosmos';
import { inventory } from '../../functions/inventory/service.ts';
import { sales } from '../../functions/sales/service.ts';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { Coalescer } from '../../shared/async/coalesce.ts';
import { openDatabase } from '../../shared/persistence/cosmos/cosmos.ts';
import { provisionContainers } from '../../shared/persistence/cosmos/provision-containers.ts';

const containers = { sales: 'bench-raw-sales', stock: 'bench-raw-stock' };
const boundary = 'main/shop:berlin';
const location = 'main/location:main';
const shop = 'shop:berlin';
const tillCount = 4;
/** With it, the outbox has as much as the three events of a sale have. */
const event = 'x'.repeat(1_000);
const shopDocument = {
  ...{ id: shop, boundary, kind: 'shop', version: 1, shopId: 'berlin', name: 'Berlin', status: 'open' },
  ...{ location: 'main', timeZone: 'UTC', registers: ['1', '2', '3', '4'], cashRounding: 5 },
  ...{ taxRates: [{ name: 'standard', history: [{ rate: 1_900 }] }], defaultTax: 'standard' },
};
const line = { line: 1, itemId: 'TEA', quantity: 3, unitPrice: 999, discount: 0, taxRate: 1_900, refunded: 0 };
const items = ['TEA', 'MILK'];
/** As the product has it: what was sent stays in the outbox for so long, and goes together (`shared/publishing/outbox-removal.ts`). */
const removing = { gatherMs: 250, full: 100 };
/** A commit takes no more sales than have a marker each, and one outbox document, with the stocks. */
const mostTaken = 90;

export interface RawSales {
  /** Whether the stock of the goods is taken, too, and counts until that of the last sale is. */
  readonly isStockTaken?: boolean;
}

/**
 * How many sales a second the Cosmos server takes from one client by the operations of a sale: shop, session and sale are read in one
 * request; the till's session is replaced, the sale and a document like that of the outbox created in one transactional batch; and what was
 * sent of the outbox is removed, gathered as the product does it. Documents are as large as the product's, and indexed as they are; four
 * tills, each with one sale after the other, all in one boundary, by the product's own client.
 *
 * Each sale is read for and written by itself, as whoever writes sales by the SDK would have it. That the product puts what several tills ask
 * at once into one request (`shared/persistence/documents/shared-batches.ts`) is what it makes of the same operations, and stays its own.
 *
 * Inventory's part is one commit for all sales that have come while the one before was under way: the stocks are read in one, then
 * replaced, and a marker for each sale and one outbox document created with them.
 */
export async function rawSalesPerSecond(
  cosmos: StackFile['cosmos'],
  windowMs: number,
  { isStockTaken = false }: RawSales = {},
): Promise<number> {
  const { endpoint: COSMOS_ENDPOINT, key: COSMOS_KEY, database: COSMOS_DATABASE } = cosmos;
  const database = openDatabase({ COSMOS_ENDPOINT, COSMOS_KEY, COSMOS_DATABASE });
  try {
    await provisionContainers(database, [
      { name: containers.sales, ...(sales.indexes && { indexes: sales.indexes }) },
      { name: containers.stock, ...(inventory.indexes && { indexes: inventory.indexes }) },
    ]);
    const shopFloor = rawPlace(database.container(containers.sales).items, boundary);
    const stockRoom = rawPlace(database.container(containers.stock).items, location);
    const sessions = Array.from({ length: tillCount }, () => `session:${randomUUID()}`);
    await shopFloor.write([upsert(shopDocument)]);
    for (const id of sessions) await shopFloor.write([upsert(sessionDocument(id, 0))]);
    for (const id of items) await stockRoom.write([upsert(stockDocument(id, 0))]);
    const taking = new Coalescer<string>(async (some) => {
      for (let at = 0; at < some.length; at += mostTaken) await takeStock(stockRoom, some.slice(at, at + mostTaken));
    });
    const start = performance.now();
    let done = 0;
    await Promise.all(
      sessions.map(async (session) => {
        for (let count = 1; performance.now() - start < windowMs; count += 1) {
          const [saleId, owed] = [`sale:${randomUUID()}`, `owed:${randomUUID()}`];
          await shopFloor.read([shop, session, saleId]);
          await shopFloor.write([
            create(boundary, {
              id: owed,
              kind: 'owed',
              dueAt: new Date().toISOString(),
              messages: Array(3).fill(event),
            }),
            { operationType: 'Replace', id: session, resourceBody: sessionDocument(session, count) },
            create(boundary, saleDocument(saleId, session, count)),
          ]);
          shopFloor.removal.add(owed);
          if (isStockTaken) taking.add(saleId);
          done += 1;
        }
      }),
    );
    await taking.idle();
    const seconds = (performance.now() - start) / 1_000;
    await Promise.all([shopFloor, stockRoom].map(({ removal }) => removal.idle()));
    return done / seconds;
  } finally {
    database.client.dispose();
  }
}

async function takeStock({ read, write, removal }: RawPlace, saleIds: readonly string[]): Promise<void> {
  await read(items.map((id) => stockDocument(id, 0).id));
  const owed = `owed:${randomUUID()}`;
  const messages = saleIds.flatMap(() => items.map(() => event));
  await write([
    create(location, { id: owed, kind: 'owed', dueAt: new Date().toISOString(), messages }),
    ...saleIds.map((id) => create(location, { id: `inbox:take-sold-stock:${id}`, kind: 'inbox', ttl: 2_592_000 })),
    ...items.map((id): OperationInput => {
      const resourceBody = stockDocument(id, saleIds.length);
      return { operationType: 'Replace', id: resourceBody.id, resourceBody };
    }),
  ]);
  removal.add(owed);
}

/** A boundary of a container, by its requests. */
interface RawPlace {
  readonly read: (ids: readonly string[]) => Promise<unknown>;
  readonly write: (operations: OperationInput[]) => Promise<void>;
  readonly removal: Coalescer<string>;
}

function rawPlace(container: Items, partitionKey: string): RawPlace {
  return {
    read: (ids) => container.bulk(ids.map((id) => ({ operationType: 'Read', id, partitionKey }))),
    async write(operations) {
      const { result } = await container.batch(operations, partitionKey, { contentResponseOnWriteEnabled: false });
      if (result?.some(({ statusCode }) => statusCode >= 400)) throw new Error('a raw batch was refused');
    },
    removal: new Coalescer(async (ids) => {
      await container.bulk(ids.map((id) => ({ operationType: 'Delete', id, partitionKey })));
    }, removing),
  };
}

function upsert(resourceBody: { readonly id: string }): OperationInput {
  return { operationType: 'Upsert', resourceBody: { ...resourceBody } };
}

function create(
  boundary: string,
  document: { readonly id: string; readonly [field: string]: unknown },
): OperationInput {
  return { operationType: 'Create', resourceBody: { boundary, version: 1, ...document } } as OperationInput;
}

function stockDocument(itemId: string, count: number) {
  const levels = { onHand: 1_000_000 - count, reserved: 0, reorderPoint: 0 };
  return {
    ...{ id: `stock:${itemId}`, boundary: location, kind: 'stock', version: count + 1 },
    ...{ itemId, location: 'main', ...levels },
  };
}

function sessionDocument(id: string, count: number) {
  const till = { shopId: 'berlin', location: 'main', register: '1', sessionId: id, businessDay: '2026-11-22' };
  const opened = { openingCash: 10_000, receiptsBefore: 0, openedAt: '2026-11-22T08:00:00.000Z', openedBy: id };
  const [none, gross] = [{ count: 0, amount: 0 }, count * 3_747];
  const totals = {
    ...{ sales: { count, amount: gross }, refunds: none, voids: none, paidIn: none, paidOut: none },
    ...{ tax: [{ rate: 1_900, gross, tax: count * 598 }], rounding: 0 },
    payments: { cash: gross, card: 0, voucher: 0 },
  };
  return { id, boundary, kind: 'session', version: count + 1, status: 'open', ...till, ...opened, totals };
}

function saleDocument(id: string, sessionId: string, count: number) {
  const till = { shopId: 'berlin', sessionId, register: '1', businessDay: '2026-11-22', location: 'berlin' };
  return {
    ...{ id, kind: 'sale', saleId: id, status: 'completed', ...till },
    ...{
      lines: [line, { ...line, line: 2, itemId: 'MILK', unitPrice: 250 }],
      total: 3_747,
      rounding: 0,
      change: 1_253,
    },
    ...{ payments: [{ method: 'cash', amount: 3_747 }], flags: [], flagCount: 0, refunds: [], by: sessionId },
    ...{ receiptNumber: `berlin-1-2026-11-22-${count}`, soldAt: new Date().toISOString() },
  };
}
