import { expect, it, type TestContext } from 'vitest';
import { ApiClient } from '../rigs/clients/api-client.ts';
import { cosmosDatabase } from '../rigs/clients/cosmos-database.ts';
import { DeadLetterDesk } from '../rigs/clients/dead-letter-desk.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { ownStack } from './own-stack.ts';

interface Health {
  readonly dependencies: { readonly store: { readonly detail?: string } };
}

const container = 'notifications';

/** An open shop, and ways to look at what becomes of it. */
async function openShop(context: TestContext) {
  const stack = await ownStack(context, { env: { BATCH_RETRY_WINDOW: 'PT1S' } });
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 10 });
  return {
    stack,
    shop,
    sku,
    healthSays: (hint: string) =>
      eventually(async () => {
        const { body } = await new ApiClient(stack.url).get<Health>(`/health/${container}`);
        expect(body.dependencies.store.detail).toContain(hint);
      }, 20_000),
    isNotified: () => eventually(async () => expect(await shop.all('/api/v1/notifications')).toHaveLength(1), 25_000),
    deadLetters: async () => (await DeadLetterDesk.of(shop)).found('', 0),
  };
}

it.concurrent('a container that the app may not use holds up its own service alone, and parks nothing', async (context) => {
  const { stack, shop, sku, ...then } = await openShop(context);
  const forbidden = await stack.faults.fault({
    server: 'cosmos',
    target: container,
    action: 'refuse',
    status: 403,
    substatus: 5301,
  });
  const { id } = await shop.order({ [sku]: 1 });
  expect((await shop.decided(id)).status).toBe('confirmed');
  await then.healthSays('COSMOS_KEY');
  await forbidden.happened(20);
  await forbidden.clear();
  await then.isNotified();
  expect(await then.deadLetters()).toEqual([]);
}, 120_000);

it.concurrent('an app deployed before its container is provisioned handles the events of that time afterwards', async (context) => {
  const { stack, shop, sku, ...then } = await openShop(context);
  const database = cosmosDatabase(stack.cosmos);
  context.onTestFinished(() => database.client.dispose());
  const { resource: definition } = await database.container(container).read();
  await database.container(container).delete();
  const { id } = await shop.order({ [sku]: 1 });
  expect((await shop.decided(id)).status).toBe('confirmed');
  await then.healthSays('npm run provision');
  await database.containers.create(definition ?? expect.fail());
  await then.isNotified();
  expect(await then.deadLetters()).toEqual([]);
}, 120_000);
