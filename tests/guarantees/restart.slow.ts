import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { kafkaClient } from '../rigs/clients/kafka-client.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { type StartOptions, startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { expectAgreement } from './agreement.ts';
import { startLoad } from './load.ts';
import { ownStack, withoutMails } from './own-stack.ts';

/** What a stop leaves in an outbox stays there for good. */
const withoutSweep = { SWEEP_SCHEDULE: '0 0 0 29 2 *' };

/** Side by side, for the waiting in them: each has a stack of its own. */
describe.concurrent('restarts', () => {
  it('acknowledged orders are kept and decided after a stack is killed under load', async (test) => {
    await expectNothingLost(test, (running) => running.kill9());
  }, 120_000);

  it('acknowledged orders are kept and decided, without a sweep, after a stack is stopped under load', async (test) => {
    await expectNothingLost(test, (running) => running.stop(), { env: withoutSweep });
  }, 120_000);

  it('acknowledged orders are kept and decided after a process is stopped with events waiting for the bus', async (test) => {
    const stack = await ownStack(test, { busFaults: true });
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
    await nobodyConsumes(stack);
    await bus.clear();
    await stopping;

    await functions.start(withoutSweep);
    for (const { id } of orders) expect((await shop.decided(id)).status).toBe('confirmed');
  }, 120_000);
});

async function expectNothingLost(
  test: TestContext,
  end: (running: TestStack) => Promise<void>,
  afterwards: StartOptions = {},
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'restart-'));
  test.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const before = await startStack({ folder, env: withoutMails });
  const shop = new Shop(before);
  const { sku, load } = await underLoad(test, shop).finally(() => end(before));
  const acknowledged = await load.end();

  const after = await ownStack(test, { ...afterwards, folder, env: { ...withoutMails, ...afterwards.env } });
  const orders = await expectAgreement(after, new Shop(after, shop.tenant), sku);
  expect(orders.map(({ id }) => id)).toEqual(expect.arrayContaining([...acknowledged]));
}

/** Orders for more than there is, of which a good many are acknowledged and many are under way. */
async function underLoad({ onTestFinished }: TestContext, shop: Shop) {
  const { sku } = await shop.sell({ quantity: 60 });
  const load = startLoad(shop, sku);
  onTestFinished(async () => void (await load.end()));
  await load.acknowledged(100);
  return { sku, load };
}

/** Settles once the stopping process has left all of its groups: what it still does then, it does to send its events. */
async function nobodyConsumes(stack: TestStack): Promise<void> {
  const admin = kafkaClient(stack.kafka).admin();
  await admin.connect();
  await eventually(async () => {
    const { groups } = await admin.listGroups();
    const described = await admin.describeGroups(groups.map(({ groupId }) => groupId));
    expect(described.groups.flatMap(({ members }) => members)).toEqual([]);
  });
  await admin.disconnect();
}
