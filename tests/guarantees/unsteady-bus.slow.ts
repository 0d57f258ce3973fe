import { describe, expect, it, type TestContext } from 'vitest';
import { Shop } from '../rigs/clients/shop.ts';
import type { StartOptions, TestStack } from '../rigs/stack/start-stack.ts';
import { expectAgreement } from './agreement.ts';
import { type Load, startLoad } from './load.ts';
import { ownStack } from './own-stack.ts';

/** Side by side, for the waiting in them: each has a stack of its own. */
describe.concurrent('an unsteady bus', () => {
  it('acknowledged orders are decided once though the bus restarts again and again under load', async (test) => {
    await expectNothingLost(test, {}, async ({ faults }, load) => {
      for (let round = 1; round <= 3; round += 1) {
        await load.acknowledged(20);
        await faults.kafka.stop();
        await load.acknowledged(20);
        await faults.kafka.start();
      }
    });
  }, 180_000);

  it('acknowledged orders are decided once though the bus had no partition leaders for a while', async (test) => {
    await expectNothingLost(test, { brokers: 2 }, async (stack, load) => {
      await load.acknowledged(20);
      const leaders = await stack.loseLeaders();
      await load.acknowledged(60);
      await leaders.comeBack();
    });
  }, 180_000);
});

async function expectNothingLost(
  test: TestContext,
  options: StartOptions,
  disturb: (stack: TestStack, load: Load) => Promise<void>,
): Promise<void> {
  const stack = await ownStack(test, options);
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 60 });
  const load = startLoad(shop, sku);
  test.onTestFinished(async () => void (await load.end()));
  await disturb(stack, load);
  const acknowledged = await load.end();
  const orders = await expectAgreement(stack, shop, sku);
  expect(orders.map(({ id }) => id)).toEqual(expect.arrayContaining([...acknowledged]));
}
