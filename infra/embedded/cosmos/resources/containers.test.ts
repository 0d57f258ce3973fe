import type { ContainerRequest } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyPaths, refusalOf, type ServerUnderTest, startForTest } from '../server-under-test.ts';

let cosmos: ServerUnderTest;
beforeAll(async () => {
  cosmos = await startForTest();
});
afterAll(() => cosmos[Symbol.asyncDispose]());

describe('a database', () => {
  it('a database can be created, read, listed and deleted', async () => {
    const { databases } = cosmos.client;
    expect((await databases.create({ id: 'shop ü' })).statusCode).toBe(201);
    expect(await refusalOf(databases.create({ id: 'shop ü' }))).toMatchObject({ code: 409 });
    expect((await databases.createIfNotExists({ id: 'shop ü' })).statusCode).toBe(200);
    expect((await databases.readAll().fetchAll()).resources.map(({ id }) => id)).toContain('shop ü');
    await cosmos.client.database('shop ü').delete();
    expect(await refusalOf(cosmos.client.database('shop ü').read())).toMatchObject({ code: 404 });
  });
});

describe('a container', () => {
  it('a container can be created, read, listed, replaced and deleted', async () => {
    const { database } = await cosmos.client.databases.create({ id: 'containers' });
    const compositeIndexes = [['/kind', '/id'].map((path) => ({ path, order: 'ascending' as const }))];
    const indexingPolicy = { ...onlyPaths('/kind/?'), compositeIndexes };
    const definition = {
      id: 'orders',
      partitionKey: '/boundary',
      defaultTtl: -1,
      indexingPolicy,
    } satisfies ContainerRequest;
    const { container, statusCode } = await database.containers.create(definition);
    expect(statusCode).toBe(201);
    const { resource } = await container.read();
    expect(resource).toMatchObject({
      id: 'orders',
      defaultTtl: -1,
      indexingPolicy,
      partitionKey: { paths: ['/boundary'] },
    });
    expect((await database.containers.readAll().fetchAll()).resources).toHaveLength(1);
    await container.items.create({ id: 'kept', boundary: 'b' });
    const replaced = await container.replace({ id: 'orders', partitionKey: { paths: ['/boundary'] }, defaultTtl: 60 });
    expect(replaced.resource).toMatchObject({ defaultTtl: 60, indexingPolicy: { includedPaths: [{ path: '/*' }] } });
    expect((await container.item('kept', 'b').read()).statusCode).toBe(200);
    await container.delete();
    expect(await refusalOf(container.items.create({ id: 'x', boundary: 'b' }))).toMatchObject({ code: 404 });
  });

  it('a container that is deleted and created again is empty', async () => {
    const container = await cosmos.container();
    await container.items.create({ id: 'old', boundary: 'b' });
    await container.delete();
    await container.database.containers.create({ id: container.id, partitionKey: '/boundary' });
    expect((await container.item('old', 'b').read()).statusCode).toBe(404);
  });

  it('the partition key of a container cannot be changed', async () => {
    const container = await cosmos.container();
    const changed = container.replace({ id: 'things', partitionKey: { paths: ['/other'] } });
    expect(await refusalOf(changed)).toMatchObject({ code: 400 });
  });

  it.each([
    ['Hierarchical partition keys', { partitionKey: { paths: ['/a', '/b'], kind: 'MultiHash', version: 2 } }],
    ['Unique keys', { uniqueKeyPolicy: { uniqueKeys: [{ paths: ['/email'] }] } }],
    ['defaultTtl', { defaultTtl: 0 }],
    ['at least two paths', { indexingPolicy: { compositeIndexes: [[{ path: '/a' }]] } }],
    ['special mandatory indexing path', { indexingPolicy: { includedPaths: [{ path: '/a/?' }], excludedPaths: [] } }],
  ])('a container is refused with a message that names what is wrong: %s', async (named, definition) => {
    const refused = await refusalOf(cosmos.container(definition as object));
    expect(refused).toMatchObject({ code: 400 });
    expect(refused.message).toContain(named);
  });
});

describe('unsupported operations', () => {
  it('unsupported Cosmos operations are refused and named', async () => {
    const container = await cosmos.container();
    const feed = container.items.getChangeFeedIterator({}).readNext();
    expect((await refusalOf(feed)).message).toContain('change feed');
    const procedure = container.scripts.storedProcedures.create({ id: 'p', body: 'function () {}' });
    expect((await refusalOf(procedure)).message).toContain('Stored procedures');
    expect((await refusalOf(container.readOffer())).message).toContain('offers');
    const found = container.database.containers.query({ query: "SELECT * FROM c WHERE c.id = 'x'" }).fetchAll();
    expect((await refusalOf(found)).message).toContain('query over databases or containers');
    const patch = { op: 'set' as const, path: '/n', value: 1 };
    const update = container.item('i', 'b').patch([patch]);
    expect(await refusalOf(update)).toMatchObject({ code: 400, message: expect.stringContaining('Partial update') });
    const batch = container.items.batch([{ operationType: 'Patch', id: 'i', resourceBody: [patch] }], 'b');
    expect(await refusalOf(batch)).toMatchObject({ code: 400, message: expect.stringContaining('Patch') });
  });
});
