import { expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { ReplayDesk } from '../rigs/clients/replay-desk.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { openStoredDocuments } from '../rigs/clients/stored-documents.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { expectAgreement } from './agreement.ts';
import { startLoad } from './load.ts';
import { ownStack, shortSessions } from './own-stack.ts';

const wish = { consumer: 'orders-on-order-events', subscriber: 'list-orders-by-day', from: undefined, rebuild: true };

it('a rebuild of the list of orders under load that is killed, stopped and resumed has each order under its status', async (test) => {
  const stack = await ownStack(test, { env: { SWEEP_SCHEDULE: '* * * * * *', ...shortSessions } });
  using store = openStoredDocuments(stack);
  const shop = new Shop(stack);
  const desk = await ReplayDesk.of(shop);
  const { sku } = await shop.sell({ quantity: 1_000 });
  const load = startLoad(shop, sku);
  test.onTestFinished(async () => void (await load.end()));
  await load.acknowledged(120);
  const entries = await store.of(shop.tenant, 'orders', 'entry');
  await store.remove(
    'orders',
    entries.filter(({ directory }) => directory === 'list-orders-by-day'),
  );

  // What is asked for, its lease, and then each step: a process is killed after one of them, and before another.
  for (const applied of [true, false]) {
    const step = { server: 'cosmos', operation: 'Batch', target: 'dead-letters', every: 3, times: 1, applied } as const;
    const kill = await stack.faults.fault({ ...step, action: 'kill-functions' });
    const { id } = await eventually(() => desk.start(wish), 20_000);
    await kill.happened();
    await desk.becomes(id, 'done', 60_000);
  }
  const hold = await stack.faults.fault({ server: 'cosmos', operation: 'Bulk', target: 'orders', action: 'hold' });
  const { id } = await desk.start(wish);
  await hold.happened();
  expect(bodyOf(await desk.stop(id), 200).status).toBe('stopped');
  await hold.clear();
  await desk.resume(id);
  const { walks, errors } = await desk.becomes(id, 'done', 60_000);
  expect([walks[0]?.failed, errors]).toEqual([0, []]);

  const acknowledged = await load.end();
  const orders = await expectAgreement(stack, shop, sku);
  expect(orders.map((order) => order.id)).toEqual(expect.arrayContaining([...acknowledged]));
}, 300_000);
