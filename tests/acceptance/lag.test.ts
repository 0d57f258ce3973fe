import { expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

interface Lag {
  readonly total: number;
  readonly consumers: readonly {
    readonly group: string;
    readonly service: string;
    readonly topic: string;
    readonly total: number;
    readonly partitions: readonly {
      readonly partition: number;
      readonly committed?: number;
      readonly newest: number;
      readonly lag: number;
    }[];
  }[];
}

it('operators see how far each consumer has come, by partition', async () => {
  const shop = openShop();
  await shop.sell();
  const operator = await sharedStack().as('operator');
  await eventually(async () => {
    const { consumers } = bodyOf(await operator.get<Lag>('/api/v1/lag'), 200);
    const inventory = consumers.find(({ group }) => group === 'inventory-on-catalog-events');
    expect(inventory).toMatchObject({ service: 'inventory', topic: 'catalog-events', total: 0 });
    expect(inventory?.partitions.map(({ partition }) => partition)).toEqual([0, 1, 2, 3]);
    for (const { committed, newest, lag } of inventory?.partitions ?? []) expect(lag).toBe(newest - (committed ?? 0));
    expect(inventory?.partitions.some(({ committed = 0 }) => committed > 0)).toBe(true);
  });
});

it('only operators of main can read the consumer lag, which is of all tenants', async () => {
  const ofAnotherTenant = openShop();
  const callers = [
    await sharedStack().as('sales'),
    await ofAnotherTenant.as('operator'),
    await ofAnotherTenant.as('admin'),
  ];
  for (const caller of callers) expect((await caller.get('/api/v1/lag')).status).toBe(403);
});

it('only operators of main can read the metrics by a token', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  expect((await (await openShop().as('operator')).get('/metrics', { headers })).status).toBe(403);
  expect((await (await sharedStack().as('operator')).get('/metrics', { headers })).status).toBe(200);
});

it('the metrics have the lag of each consumer group', async () => {
  const page = await (await fetch(`${sharedStack().url}/metrics`)).text();
  expect(page).toMatch(
    /^lagerhaus_consumergroup_lag\{consumergroup="orders-on-order-events",topic="order-events",partition="0"\} \d+$/m,
  );
});
