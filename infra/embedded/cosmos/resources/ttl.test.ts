import { DatabaseSync } from 'node:sqlite';
import type { Container } from '@azure/cosmos';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type ServerUnderTest, startForTest } from '../server-under-test.ts';

let cosmos: ServerUnderTest;
beforeAll(async () => {
  cosmos = await startForTest();
});
afterAll(() => cosmos[Symbol.asyncDispose]());
afterEach(() => {
  vi.useRealTimers();
});

/** Moves the clock of client and server; timers go on. */
function later(seconds: number) {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
}

const boundary = 'b';
const ids = async (container: Container) =>
  (await container.items.query('SELECT VALUE c.id FROM c', { partitionKey: boundary }).fetchAll()).resources;
const count = async (container: Container) =>
  (await container.items.query<number>('SELECT VALUE COUNT(1) FROM c').fetchAll()).resources[0];

it('an item expires by its own ttl or else by that of its container, and never with a ttl of -1', async () => {
  const container = await cosmos.container({ defaultTtl: 100 });
  for (const ttl of [undefined, 10, 1000, -1])
    await container.items.create({ id: `ttl ${ttl}`, boundary, ...(ttl && { ttl }) });
  later(9);
  expect(await ids(container)).toEqual(['ttl -1', 'ttl 10', 'ttl 1000', 'ttl undefined']);
  later(50);
  expect(await ids(container)).toEqual(['ttl -1', 'ttl 1000', 'ttl undefined']);
  later(100);
  expect(await ids(container)).toEqual(['ttl -1', 'ttl 1000']);
  later(2000);
  expect(await ids(container)).toEqual(['ttl -1']);
});

it('with a default ttl of -1 only items with their own ttl expire, and without a default none does', async () => {
  for (const [defaultTtl, left] of [
    [-1, ['plain']],
    [undefined, ['mortal', 'plain']],
  ] as const) {
    const container = await cosmos.container(defaultTtl === undefined ? {} : { defaultTtl });
    await container.items.create({ id: 'plain', boundary });
    await container.items.create({ id: 'mortal', boundary, ttl: 1 });
    later(5);
    expect(await ids(container)).toEqual(left);
  }
});

it('an expired item is not read, counted or replaced, and its id can be used again', async () => {
  const container = await cosmos.container({ defaultTtl: 1 });
  const { resource } = await container.items.create({ id: 'x', boundary, life: 1 });
  later(2);
  expect((await container.item('x', boundary).read()).statusCode).toBe(404);
  expect(await count(container)).toBe(0);
  await expect(container.item('x', boundary).delete()).rejects.toMatchObject({ code: 404 });
  const again = await container.items.create({ id: 'x', boundary, life: 2, ttl: 100 });
  expect(again.statusCode).toBe(201);
  expect(again.resource?._rid).not.toBe(resource?._rid);
  expect(await count(container)).toBe(1);
});

it('a write restarts the ttl of an item', async () => {
  const container = await cosmos.container({ defaultTtl: 10 });
  await container.items.create({ id: 'x', boundary });
  later(8);
  await container.item('x', boundary).replace({ id: 'x', boundary });
  later(8);
  expect(await ids(container)).toEqual(['x']);
});

it('a changed default ttl applies to existing items', async () => {
  const container = await cosmos.container();
  await container.items.create({ id: 'own', boundary, ttl: 1000 });
  await container.items.create({ id: 'plain', boundary });
  const definition = { id: container.id, partitionKey: { paths: ['/boundary'] } };
  await container.replace({ ...definition, defaultTtl: 10 });
  later(20);
  expect(await ids(container)).toEqual(['own']);
  await container.replace(definition);
  expect(await ids(container)).toContain('own');
});

it('expired items are removed from the file in the background', async () => {
  const container = await cosmos.container({ defaultTtl: 1 });
  const many = Array.from({ length: 100 }, (_, n) => ({
    operationType: 'Create' as const,
    resourceBody: { id: `n${n}`, boundary },
  }));
  for (let round = 0; round < 5; round += 1) {
    await container.items.batch(
      many.map((one) => ({ ...one, resourceBody: { ...one.resourceBody, id: `${round} ${one.resourceBody.id}` } })),
      boundary,
    );
  }
  using reader = new DatabaseSync(cosmos.file, { readOnly: true });
  const table = newestTable(reader);
  const stored = () => reader.prepare(`SELECT count(*) AS items FROM ${table}`).get()?.items;
  expect(stored()).toBe(500);
  later(60);
  await vi.waitFor(() => expect(stored()).toBe(0), { timeout: 20_000 });
});

function newestTable(reader: DatabaseSync): string {
  const { number } = reader.prepare('SELECT max(number) AS number FROM containers').get() ?? {};
  return `items_${number}`;
}
