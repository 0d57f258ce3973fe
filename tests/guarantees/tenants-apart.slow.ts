import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

/** Some 2 MB: a consumer fetches 1 MiB of a partition at once, so what comes with the first is not behind the last. */
const flood = 500;
const linesEach = 50;
const atOnce = 20;

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack({ busFaults: true, env: { RATE_LIMIT: '0' } });
});
afterAll(() => stack?.stop());

it('the poison of a tenant stops no orders of another, and its flood is not ahead of those in another partition', async () => {
  await using bus = await stack.observe('order-events', 'inventory-events');
  /** A tenant with something to sell, and the partition that their orders go through. */
  const open = async () => {
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 10_000 });
    const { id } = await shop.order({ [sku]: 1 });
    const created = await eventually(() => {
      const event = bus.events('order.created').find(({ envelope }) => envelope.subject === `order/${id}`);
      if (event === undefined) throw new Error(`${id} is not on the bus yet`);
      return event;
    });
    await shop.decided(id);
    return { shop, sku, partition: created.partition, key: created.key };
  };
  const loud = await open();
  expect(loud.key).toBe(`${loud.shop.tenant}/main`);
  let quiet = await open();
  while (quiet.partition === loud.partition) quiet = await open();

  const lines: Record<string, number> = {};
  for (let line = 0; line < linesEach; line += 1) lines[(await loud.shop.sell({ quantity: 10_000 })).sku] = 1;
  await stack.settled();
  const held = await stack.faults.fault({
    server: 'kafka',
    operation: 'Fetch',
    target: 'order-events',
    client: 'inventory-on-order-events',
    action: 'hold',
  });
  await using writer = await writeToBus(stack.kafka);
  await writer.send('order-events', [{ key: `${loud.shop.tenant}/main`, value: 'poison', partition: loud.partition }]);
  const flooding: string[] = [];
  for (let placed = 0; placed < flood; placed += atOnce) {
    const orders = Array.from({ length: atOnce }, () => loud.shop.order(lines));
    flooding.push(...(await Promise.all(orders)).map(({ id }) => id));
  }
  const { id: last } = await quiet.shop.order({ [quiet.sku]: 1 });
  await held.clear();

  expect((await quiet.shop.decided(last)).status).toBe('confirmed');
  for (const id of flooding) expect((await loud.shop.decided(id)).status).toBe('confirmed');
  await stack.settled();
  // In the order of their ids, which is the order of their making.
  const reserved = bus.events('inventory.stock.reserved').toSorted((a, b) => (a.envelope.id < b.envelope.id ? -1 : 1));
  const subjects = reserved.map(({ envelope }) => envelope.subject.replace('reservation/', ''));
  const lastOfFlood = Math.max(...flooding.map((id) => subjects.indexOf(id)));
  expect(subjects.indexOf(last)).toBeGreaterThanOrEqual(0);
  expect(subjects.indexOf(last)).toBeLessThan(lastOfFlood);
}, 120_000);
