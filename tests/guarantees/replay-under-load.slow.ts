import { expect, it } from 'vitest';
import { ReplayDesk } from '../rigs/clients/replay-desk.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { expectAgreement } from './agreement.ts';
import { startLoad } from './load.ts';
import { ownStack } from './own-stack.ts';

it('replays and a rebuild while orders run do nothing twice and leave nothing out', async (test) => {
  const stack = await ownStack(test, { env: { SWEEP_SCHEDULE: '* * * * * *' } });
  const shop = new Shop(stack);
  const desk = await ReplayDesk.of(shop);
  const { sku } = await shop.sell({ quantity: 1_000 });
  const load = startLoad(shop, sku);
  test.onTestFinished(async () => void (await load.end()));
  await load.acknowledged(30);
  for (const consumer of ['inventory-on-order-events', 'orders-on-inventory-events', 'notifications-on-order-events'])
    await desk.run({ consumer });
  await desk.run({ consumer: 'orders-on-order-events', rebuild: true });
  const acknowledged = await load.end();
  const orders = await expectAgreement(stack, shop, sku);
  expect(orders.map(({ id }) => id)).toEqual(expect.arrayContaining([...acknowledged]));
}, 600_000);
