import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { DeadLetterDesk } from '../rigs/clients/dead-letter-desk.ts';
import { productCreated, readersOfProducts } from '../rigs/clients/made-up-events.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

interface Health {
  readonly status: string;
  readonly dependencies: Readonly<Record<string, { readonly status: string; readonly detail?: string }>>;
}

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack({ env: { DEAD_LETTERS_ALERT: '2', LAG_ALERT: '2' } });
});
afterAll(() => stack.stop());

const becomes = (path: string, status: number, health: object) =>
  eventually(async () => {
    const answer = await new ApiClient(stack.url).get<Health>(path);
    expect([answer.status, answer.body]).toEqual([status, expect.objectContaining(health)]);
    return answer.body;
  }, 20_000);

it('health is degraded while Kafka is down, and ok again afterwards', async () => {
  await stack.faults.kafka.stop();
  const { dependencies } = await becomes('/health/orders', 200, { status: 'degraded' });
  expect(dependencies).toMatchObject({
    store: { status: 'ok' },
    bus: { status: 'degraded', detail: expect.stringContaining('events wait in the outbox') },
  });
  const operator = await stack.as('operator');
  await eventually(async () => {
    const { status, body } = await operator.get('/api/v1/lag');
    expect([status, body]).toEqual([503, expect.objectContaining({ type: '/problems/bus-unavailable' })]);
  });
  await stack.faults.kafka.start();
  await becomes('/health', 200, { status: 'ok' });
  expect((await operator.get('/api/v1/lag')).status).toBe(200);
});

it('health is degraded and names the consumer that falls behind, until it has caught up', async () => {
  const shop = new Shop(stack);
  const away = await stack.faults.fault({
    server: 'cosmos',
    operation: 'Batch',
    target: 'inventory',
    action: 'refuse',
    status: 503,
  });
  const api = await shop.as();
  for (const name of ['A', 'B', 'C']) bodyOf(await api.post('/api/v1/products', { name, price: 1, quantity: 1 }), 201);
  const { dependencies } = await becomes('/health/inventory', 200, { status: 'degraded' });
  expect(dependencies.consumers?.detail).toBe('inventory-on-catalog-events lags 3 events behind: more than 2');
  await becomes('/health/orders', 200, { status: 'ok' });
  await away.clear();
  await becomes('/health', 200, { status: 'ok' });
});

it('health is down while the store is down, and ok again afterwards', async () => {
  await stack.faults.cosmos.stop();
  const { dependencies } = await becomes('/health/ready', 503, { status: 'down' });
  expect(dependencies.store).toEqual({ status: 'down', detail: expect.stringContaining('Cosmos DB unreachable') });
  await stack.faults.cosmos.start();
  await becomes('/health', 200, { status: 'ok' });
});

it('health is degraded while there are too many dead letters', async () => {
  const shop = new Shop(stack);
  const desk = await DeadLetterDesk.of(shop);
  await using writer = await writeToBus(stack.kafka);
  await writer.send('catalog-events', [productCreated(shop, 'BROKEN', { quantity: -5 })]);
  const [letter] = await desk.found('', readersOfProducts.length);
  const { dependencies } = await becomes('/health/operations', 200, { status: 'degraded' });
  expect(dependencies.deadLetters?.detail).toBe('3 dead letters of today wait for a decision, more than 2');
  await becomes('/health/orders', 200, { status: 'ok' });
  await desk.discard(letter?.id ?? '');
  await becomes('/health', 200, { status: 'ok' });
});
