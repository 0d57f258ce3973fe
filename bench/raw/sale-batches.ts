import { randomUUID } from 'node:crypto';
import type { OperationInput } from '@azure/cosmos';
import { sales } from '../../functions/sales/service.ts';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { openDatabase } from '../../shared/persistence/cosmos/cosmos.ts';
import { provisionContainers } from '../../shared/persistence/cosmos/provision-containers.ts';

const container = 'bench-raw-sales';
const boundary = 'main/shop:berlin';
const shop = 'shop:berlin';
const tillCount = 4;
/** With it, the outbox has as much as the three events of a sale have. */
const event = 'x'.repeat(1_000);
const line = { line: 1, itemId: 'TEA', quantity: 3, unitPrice: 999, discount: 0, taxRate: 1_900, refunded: 0 };

/**
 * How many sales a second the Cosmos server takes from one client by the requests that a sale makes: shop, session and sale are read in
 * one, the till's session is replaced, the sale and a document like that of the outbox created in one transactional batch, and the last
 * removed again. Indexed as the container of sales is; four tills, each with one sale after the other, all in one boundary, by the
 * product's own client.
 */
export async function rawSalesPerSecond(cosmos: StackFile['cosmos'], windowMs: number): Promise<number> {
  const { endpoint: COSMOS_ENDPOINT, key: COSMOS_KEY, database: COSMOS_DATABASE } = cosmos;
  const database = openDatabase({ COSMOS_ENDPOINT, COSMOS_KEY, COSMOS_DATABASE });
  try {
    await provisionContainers(database, [{ name: container, ...(sales.indexes && { indexes: sales.indexes }) }]);
    const { items } = database.container(container);
    const write = async (operations: OperationInput[]) => {
      const { result } = await items.batch(operations, boundary, { contentResponseOnWriteEnabled: false });
      if (result?.some(({ statusCode }) => statusCode >= 400)) throw new Error('a raw batch was refused');
    };
    const sessions = Array.from({ length: tillCount }, () => `session:${randomUUID()}`);
    for (const id of [shop, ...sessions])
      await write([{ operationType: 'Upsert', resourceBody: sessionDocument(id, 0) }]);
    const start = performance.now();
    let done = 0;
    await Promise.all(
      sessions.map(async (session) => {
        for (let count = 1; performance.now() - start < windowMs; count += 1) {
          const [saleId, owed] = [`sale:${randomUUID()}`, `owed:${randomUUID()}`];
          await items.bulk([shop, session, saleId].map(read));
          await write([
            create({ id: owed, kind: 'owed', dueAt: new Date().toISOString(), messages: Array(3).fill(event) }),
            { operationType: 'Replace', id: session, resourceBody: sessionDocument(session, count) },
            create(saleDocument(saleId, session, count)),
          ]);
          await items.bulk([{ operationType: 'Delete', id: owed, partitionKey: boundary }]);
          done += 1;
        }
      }),
    );
    return done / ((performance.now() - start) / 1_000);
  } finally {
    database.client.dispose();
  }
}

const read = (id: string): OperationInput => ({ operationType: 'Read', id, partitionKey: boundary });

function create(document: { readonly id: string; readonly [field: string]: unknown }): OperationInput {
  return { operationType: 'Create', resourceBody: { boundary, version: 1, ...document } } as OperationInput;
}

function sessionDocument(id: string, count: number) {
  const totals = { sales: { count, gross: count * 3_747 }, refunds: { count: 0, amount: 0 }, rounding: 0 };
  const till = { shopId: 'berlin', location: 'berlin', register: '1', businessDay: '2026-11-22', status: 'open' };
  const payments = { cash: count * 3_747, card: 0, voucher: 0 };
  return { id, boundary, kind: 'session', version: count + 1, ...till, openingCash: 10_000, totals, payments };
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
