import { randomUUID } from 'node:crypto';
import { ordersByDay } from '../../functions/orders/order/order-lists.ts';
import { openDatabase } from '../../shared/persistence/cosmos/cosmos.ts';
import { provisionContainers } from '../../shared/persistence/cosmos/provision-containers.ts';
import { storedBoundary } from '../../shared/persistence/documents/stored-document.ts';
import { startStack } from '../../tests/rigs/stack/start-stack.ts';
import { entriesInKernel } from '../directory/entries-in-kernel.ts';
import { placeOrders } from '../directory/placed-orders.ts';
import { rawEntries } from '../directory/raw-entries.ts';
import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { settingsWithoutServers, temporaryFolder } from '../kernel-settings.ts';
import { running } from '../running.ts';
import { typical } from '../typical.ts';

const container = 'bench-directory';
/** Tenants whose events come side by side, as from so many partitions. */
const sideBySide = 4;
const ordersOfEach = 768;
const turnsEach = 4;

/**
 * Entries of the directory of orders made per second, from the orders' events as Kafka hands them over to the commit, against
 * raw requests by the same client: the same orders read in bulk, and the same entries made in batches as large. Each turn is of
 * new orders of new tenants, so every entry is new; the ratio is the median over the turns.
 */
export const directoryFigure: Figure = {
  key: 'k',
  title: 'entries of a directory per second, against raw batches of the same',
  async measure({ windowMs }) {
    const stack = await startStack({ env: { ENABLED_SERVICES: 'catalog' } });
    await using _ = running(() => stack.stop());
    using temporary = temporaryFolder();
    const { endpoint: COSMOS_ENDPOINT, key: COSMOS_KEY, database: COSMOS_DATABASE } = stack.cosmos;
    const account = { COSMOS_ENDPOINT, COSMOS_KEY, COSMOS_DATABASE };
    const database = openDatabase(account);
    await using __ = running(async () => database.client.dispose());
    await provisionContainers(database, [{ name: container, indexes: ordersByDay.indexes }]);
    const raw = database.container(container);
    const environment = { ...(await settingsWithoutServers(temporary.folder)), ...account, TENANTS: '*' };
    const enter = await entriesInKernel(environment, container);
    const perSecond = async (make: (orders: Orders, tenant: string) => Promise<void>) => {
      const names = Array.from({ length: sideBySide }, () => `bench-${randomUUID().slice(0, 8)}`);
      const all = await Promise.all(names.map((tenant) => placeOrders(raw, tenant, ordersOfEach)));
      const start = performance.now();
      await Promise.all(all.map((orders, index) => make(orders, names[index] ?? '')));
      return (sideBySide * ordersOfEach) / ((performance.now() - start) / 1_000);
    };
    const turn = async () => ({
      entered: await perSecond((orders) => enter(orders.map(({ record }) => record))),
      raw: await perSecond((orders, tenant) =>
        rawEntries(raw, storedBoundary(tenant, 'orders-by-day:2026-11-22'), orders),
      ),
    });
    const turns = await inTurns(turn, { warmUps: 1, atLeast: turnsEach, forMs: windowMs });
    return [
      {
        what: 'entries of a directory / entries in raw batches',
        ...typical(turns.map((one) => one.entered / one.raw)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.5 },
      },
      { what: 'entries of a directory', ...typical(turns.map(({ entered }) => entered)), unit: 'per second' },
      { what: 'entries in raw batches', ...typical(turns.map((one) => one.raw)), unit: 'per second' },
    ];
  },
};

type Orders = Awaited<ReturnType<typeof placeOrders>>;
