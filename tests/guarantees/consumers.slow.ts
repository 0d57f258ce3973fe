import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ApiClient } from '../rigs/clients/api-client.ts';
import { kafkaClient } from '../rigs/clients/kafka-client.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { expectAgreement } from './agreement.ts';
import { ownStack } from './own-stack.ts';

/** Side by side, for the waiting in them: each has a stack of its own. */
describe.concurrent('consumers', () => {
  it('a stopped consumer handles each event it missed exactly once when it starts again', async (test) => {
    const stack = await ownStack(test);
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 200 });
    await stack.settled();
    const front = stack.faults.functions('front');
    const url = await front.start({ ENABLED_SERVICES: 'orders' });
    await stack.faults.functions().stop();

    const counter = new Shop({ as: async (...who) => new ApiClient(url, await stack.token(...who)) }, shop.tenant);
    for (let placed = 0; placed < 300; placed += 20)
      await Promise.all(Array.from({ length: 20 }, () => counter.order({ [sku]: 1 })));
    await front.stop();

    await stack.faults.functions().start();
    const orders = await expectAgreement(stack, shop, sku);
    expect(orders).toHaveLength(300);
    expect(orders.filter(({ status }) => status === 'confirmed')).toHaveLength(200);
  }, 120_000);

  it('a slow consumer blocks no other, outlives its session timeout without losing its place, and catches up', async (test) => {
    const sessionMs = 2_000;
    const env = { AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs: String(sessionMs) };
    const stack = await ownStack(test, { env });
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 100 });
    await stack.settled();
    const members = await membersOf(stack.kafka, 'notifications-on-order-events');
    const slowness = await stack.faults.fault({
      server: 'cosmos',
      operation: 'Batch',
      target: 'notifications',
      action: 'hold',
    });

    const orders = await Promise.all(Array.from({ length: 20 }, () => shop.order({ [sku]: 1 })));
    await slowness.happened();
    await pass(2 * sessionMs); // the slowness itself is what takes the time
    for (const { id } of orders) expect((await shop.decided(id)).status).toBe('confirmed');
    expect(await shop.all('/api/v1/notifications')).toEqual([]);
    expect(await membersOf(stack.kafka, 'notifications-on-order-events')).toEqual(members);

    await slowness.clear();
    await expectAgreement(stack, shop, sku);
  }, 120_000);
});

async function membersOf(kafka: Parameters<typeof kafkaClient>[0], group: string): Promise<readonly string[]> {
  const admin = kafkaClient(kafka).admin();
  await admin.connect();
  const { groups } = await admin.describeGroups([group]);
  await admin.disconnect();
  return groups.flatMap(({ members }) => members.map(({ memberId }) => memberId));
}
