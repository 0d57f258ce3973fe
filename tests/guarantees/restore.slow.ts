import { cpSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { cosmosDatabase } from '../rigs/clients/cosmos-database.ts';
import { ReplayDesk } from '../rigs/clients/replay-desk.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { ownStack } from './own-stack.ts';

/** The store alone: the bus and what its consumers have read stay as they are. */
const storeFiles = 'cosmos.sqlite*';

describe('a store that is restored', () => {
  it('what was under way at the moment that a store is restored to is done by a replay of the time before it, and once', async (test) => {
    const { folder, backUp, restore } = backUps(test);
    const before = await startStack({ folder });
    const shop = new Shop(before);
    const { sku } = await shop.sell({ quantity: 10 });
    const done = await shop.order({ [sku]: 1 });
    await shop.decided(done.id);
    await before.settled();
    const held = { server: 'kafka', operation: 'Fetch', client: 'inventory-on-order-events', action: 'hold' } as const;
    await (await before.faults.fault(held)).happened();
    const underWay = await shop.order({ [sku]: 2 });
    await outboxIsEmpty(before);
    await before.kill9();
    const moment = new Date().toISOString();
    backUp();

    // Life goes on: what was under way is done, and its events are read for good.
    const meanwhile = await startStack({ folder });
    await new Shop(meanwhile, shop.tenant).decided(underWay.id);
    const lost = await new Shop(meanwhile, shop.tenant).order({ [sku]: 3 });
    await meanwhile.settled();
    await meanwhile.stop();

    restore();
    const stack = await ownStack(test, { folder });
    const restored = new Shop(stack, shop.tenant);
    await stack.settled();
    expect(await restored.orderNow(underWay.id), 'its events lie before the offsets').toMatchObject({
      status: 'pending',
    });

    const desk = await ReplayDesk.of(restored);
    for (const consumer of await consumersOf(stack)) await desk.run({ consumer, to: moment });
    await stack.settled();
    expect(await restored.decided(underWay.id)).toMatchObject({ status: 'confirmed' });
    expect(await restored.orderNow(done.id)).toMatchObject({ status: 'confirmed', version: 2 });
    expect(await restored.stock(sku), 'each order holds its stock once').toMatchObject({ onHand: 10, reserved: 3 });
    const admin = await restored.as();
    expect((await admin.get(`/api/v1/orders/${lost.id}`)).status, 'what came later is undone').toBe(404);
  }, 180_000);
});

/** Keeps what the store is at one moment, and brings it back. */
function backUps({ onTestFinished }: TestContext) {
  const folder = mkdtempSync(path.join(tmpdir(), 'restore-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [data, kept] = [path.join(folder, 'data'), path.join(folder, 'kept')];
  const copy = (from: string, to: string) => {
    for (const file of globSync(storeFiles, { cwd: from })) cpSync(path.join(from, file), path.join(to, file));
  };
  return {
    folder,
    backUp: () => copy(data, kept),
    restore() {
      for (const file of globSync(storeFiles, { cwd: data })) rmSync(path.join(data, file));
      copy(kept, data);
    },
  };
}

/** What was committed is on the bus, and nothing in the store says that it has to be sent. */
async function outboxIsEmpty({ cosmos }: TestStack): Promise<void> {
  const database = cosmosDatabase(cosmos);
  await eventually(async () => {
    const { resources } = await database
      .container('orders')
      .items.query("SELECT c.id FROM c WHERE c.kind = 'outbox' OR c.owes.dueAt > ''")
      .fetchAll();
    expect(resources).toEqual([]);
  });
  database.client.dispose();
}

async function consumersOf(stack: TestStack): Promise<readonly string[]> {
  const operator = await stack.as('operator');
  const lag = await operator.get<{ readonly consumers: readonly { readonly group: string }[] }>('/api/v1/lag');
  return bodyOf(lag, 200).consumers.map(({ group }) => group);
}
