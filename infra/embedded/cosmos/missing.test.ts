import type { Container } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingRequests } from './missing-requests.ts';
import { refusedProperties } from './model/container-definition.ts';
import { missingQueries } from './query/missing-queries.ts';
import { refusalOf, type ServerUnderTest, startForTest } from './server-under-test.ts';

let cosmos: ServerUnderTest;
let container: Container;
beforeAll(async () => {
  cosmos = await startForTest();
  container = await cosmos.container();
  await container.items.create({ id: 'i', boundary: 'b', kind: 'a', n: 1 });
});
afterAll(() => cosmos?.[Symbol.asyncDispose]());

const body = 'function () {}';
const asks: Readonly<Record<string, () => Promise<unknown>>> = {
  'The change feed': () => container.items.getChangeFeedIterator({}).readNext(),
  'Partial update': () => container.item('i', 'b').patch([{ op: 'set', path: '/n', value: 1 }]),
  'A query over databases or containers': () => cosmos.client.databases.query('SELECT * FROM c').fetchAll(),
  'Stored procedures': () => container.scripts.storedProcedures.create({ id: 'p', body }),
  Triggers: () => container.scripts.triggers.readAll().fetchAll(),
  'User-defined functions': () => container.scripts.userDefinedFunctions.create({ id: 'f', body }),
  Conflicts: () => container.conflicts.readAll().fetchAll(),
  Users: () => container.database.users.create({ id: 'u' }),
  'Client encryption keys': () => container.database.readClientEncryptionKey('k'),
  Throughput: () => container.readOffer(),
};

describe('unsupported features of the Cosmos server', () => {
  it.each(missingQueries)('a query is refused by name: $feature', async ({ query, named }) => {
    const refused = await refusalOf(container.items.query(query).fetchAll());
    expect(refused).toMatchObject({ code: 400, message: expect.stringContaining(named) });
  });

  it.each([...missingRequests.keys()])('a request is refused by name: %s', async (feature) => {
    const refused = await refusalOf(Promise.resolve(asks[feature]?.()));
    expect(refused).toMatchObject({ code: 400, message: expect.stringContaining(feature) });
  });

  it.each(refusedProperties)('the definition of a container is refused by name: %s', async (property, feature) => {
    const refused = await refusalOf(cosmos.container({ [property]: { something: true } }));
    expect(refused).toMatchObject({ code: 400, message: expect.stringContaining(feature) });
  });
});
