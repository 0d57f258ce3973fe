import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { kafkaClient } from '../stack/kafka-client.ts';
import { Shop } from '../stack/shop.ts';
import { type StartOptions, startStack, type TestStack } from '../stack/start-stack.ts';
import { expectAgreement } from './agreement.ts';
import { startLoad } from './load.ts';

let dataDir: string;
let stack: TestStack;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'restart-'));
});
afterEach(async () => {
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('a stack killed under load has every acknowledged order after its restart, decided, and everything agrees', async () => {
  await expectNothingLost((running) => running.kill9());
}, 120_000);

it('a stack stopped under load has sent everything: nothing waits for the sweep of its next start', async () => {
  await expectNothingLost((running) => running.stop(), { env: withoutSweep });
}, 120_000);

it('a process that is stopped while its events wait for the bus sends them first', async () => {
  stack = await startStack();
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 10 });
  const bus = await stack.faults.fault({
    server: 'kafka',
    operation: 'Produce',
    target: 'order-events',
    action: 'hold',
  });
  // The bus holds the first; the others wait behind it.
  const orders = [await shop.order({ [sku]: 1 })];
  await bus.happened();
  for (let n = 0; n < 4; n += 1) orders.push(await shop.order({ [sku]: 1 }));

  const functions = stack.faults.functions();
  const stopping = functions.stop();
  await nobodyConsumes();
  await bus.clear();
  await stopping;

  await functions.start(withoutSweep);
  for (const { id } of orders) expect((await shop.decided(id)).status).toBe('confirmed');
});

/** What a stop leaves in an outbox stays there for good. */
const withoutSweep = { SWEEP_SCHEDULE: '0 0 0 29 2 *' };

/** Settles once the stopping process has left all of its groups: what it still does then, it does to send its events. */
async function nobodyConsumes(): Promise<void> {
  const admin = kafkaClient(stack.kafka).admin();
  await admin.connect();
  await eventually(async () => {
    const { groups } = await admin.listGroups();
    const described = await admin.describeGroups(groups.map(({ groupId }) => groupId));
    expect(described.groups.flatMap(({ members }) => members)).toEqual([]);
  });
  await admin.disconnect();
}

async function expectNothingLost(end: (running: TestStack) => Promise<void>, options: StartOptions = {}) {
  stack = await startStack({ dataDir });
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 60 });
  const load = startLoad(shop, sku);
  await load.acknowledged(100);
  await end(stack);
  const acknowledged = await load.end();

  stack = await startStack({ ...options, dataDir });
  const sameShop = new Shop(stack, shop.tenant);
  const orders = await expectAgreement(stack, sameShop, sku);
  expect(orders.map(({ id }) => id)).toEqual(expect.arrayContaining([...acknowledged]));
}
