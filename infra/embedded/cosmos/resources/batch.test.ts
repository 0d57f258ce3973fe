import { BulkOperationType, type Container, type OperationInput } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf, type ServerUnderTest, startForTest } from '../server-under-test.ts';

let cosmos: ServerUnderTest;
let things: Container;
beforeAll(async () => {
  cosmos = await startForTest();
  things = await cosmos.container();
});
afterAll(() => cosmos[Symbol.asyncDispose]());

const create = (id: string, boundary: string, more = {}): OperationInput => ({
  operationType: BulkOperationType.Create,
  resourceBody: { id, boundary, ...more },
});
const statuses = (response: { result?: readonly { statusCode: number }[] }) =>
  response.result?.map((one) => one.statusCode);
const idsIn = async (boundary: string) =>
  (await things.items.query('SELECT VALUE c.id FROM c', { partitionKey: boundary }).fetchAll()).resources;

describe('a transactional batch', () => {
  it('a transactional batch does all kinds of operations and returns status, charge, etag and document of each', async () => {
    await things.items.create({ id: 'old', boundary: 'all', n: 1 });
    const { etag } = await things.items.create({ id: 'gone', boundary: 'all' });
    const response = await things.items.batch(
      [
        create('new', 'all'),
        { operationType: 'Upsert', resourceBody: { id: 'up', boundary: 'all' } },
        { operationType: 'Read', id: 'old' },
        { operationType: 'Replace', id: 'old', resourceBody: { id: 'old', boundary: 'all', n: 2 } },
        { operationType: 'Delete', id: 'gone', ifMatch: etag } as OperationInput,
      ],
      'all',
    );
    expect(response.code).toBe(200);
    expect(statuses(response)).toEqual([201, 201, 200, 200, 204]);
    const [created, , read, replaced, deleted] = response.result ?? [];
    expect(created).toMatchObject({ eTag: created?.resourceBody?._etag, resourceBody: { id: 'new' } });
    expect(read?.resourceBody).toMatchObject({ n: 1 });
    expect(replaced?.resourceBody).toMatchObject({ n: 2 });
    expect(deleted?.resourceBody).toBeUndefined();
    const sum = (response.result ?? []).reduce((total, one) => total + one.requestCharge, 0);
    expect(Number(response.headers?.['x-ms-request-charge'])).toBeCloseTo(sum, 1);
    expect(await idsIn('all')).toEqual(['new', 'old', 'up']);
  });

  it('a transactional batch with a failing operation changes nothing, and the other operations get 424', async () => {
    await things.items.create({ id: 'taken', boundary: 'none', n: 1 });
    const response = await things.items.batch(
      [create('a', 'none'), { operationType: 'Delete', id: 'taken' }, create('a', 'none'), create('b', 'none')],
      'none',
    );
    expect(response.code).toBe(207);
    expect(statuses(response)).toEqual([424, 424, 409, 424]);
    expect(await idsIn('none')).toEqual(['taken']);
  });

  it.each([
    [
      'a stale etag',
      { operationType: 'Replace', id: 'x', ifMatch: '"stale"', resourceBody: { id: 'x', boundary: 'why' } },
      412,
    ],
    [
      'an upsert against a stale etag',
      { operationType: 'Upsert', ifMatch: '"stale"', resourceBody: { id: 'x', boundary: 'why' } },
      412,
    ],
    ['a missing item', { operationType: 'Delete', id: 'missing' }, 404],
    ['a read of a missing item', { operationType: 'Read', id: 'missing' }, 404],
    ['another partition key', create('y', 'elsewhere'), 400],
  ])('a transactional batch fails as a whole for %s', async (_, operation, code) => {
    await things.items.upsert({ id: 'x', boundary: 'why' });
    const response = await things.items.batch([create('fresh', 'why'), operation as OperationInput], 'why');
    expect(statuses(response)).toEqual([424, code]);
    expect(await idsIn('why')).toEqual(['x']);
  });

  it('an operation of a transactional batch sees what earlier ones have written', async () => {
    const response = await things.items.batch(
      [
        create('seen', 'self'),
        { operationType: 'Read', id: 'seen' },
        { operationType: 'Delete', id: 'seen' },
        create('seen', 'self'),
      ],
      'self',
    );
    expect(statuses(response)).toEqual([201, 200, 204, 201]);
  });

  it('a transactional batch may have 100 operations, and is refused if it is larger than 2 MB', async () => {
    const hundred = Array.from({ length: 100 }, (_, n) => create(`n${n}`, 'full'));
    expect(statuses(await things.items.batch(hundred, 'full'))).toEqual(Array(100).fill(201));
    const heavy = Array.from({ length: 3 }, (_, n) => create(`h${n}`, 'heavy', { text: 'x'.repeat(800_000) }));
    expect(await refusalOf(things.items.batch(heavy, 'heavy'))).toMatchObject({ code: 413 });
    expect(await idsIn('heavy')).toEqual([]);
  });

  it('a transactional batch omits the documents from its response on request', async () => {
    const response = await things.items.batch([create('a', 'minimal')], 'minimal', {
      contentResponseOnWriteEnabled: false,
    });
    expect(response.result?.[0]).toMatchObject({ statusCode: 201, eTag: expect.any(String) });
    expect(response.result?.[0]).not.toHaveProperty('resourceBody');
  });

  it('of transactional batches racing for one etag, exactly one is stored', async () => {
    const { etag } = await things.items.create({ id: 'hot', boundary: 'race' });
    const attempt = (n: number) =>
      things.items.batch(
        [{ operationType: 'Replace', id: 'hot', ifMatch: etag, resourceBody: { id: 'hot', boundary: 'race', n } }],
        'race',
      );
    const responses = await Promise.all(Array.from({ length: 10 }, (_, n) => attempt(n)));
    expect(responses.map((response) => statuses(response)?.[0]).sort()).toEqual([200, ...Array(9).fill(412)]);
  });
});

describe('a bulk request', () => {
  it('a bulk request writes to many partitions, and a failed operation does not stop the others', async () => {
    await things.items.create({ id: 'bulk', boundary: 'p1' });
    const response = await things.items.bulk([
      create('bulk', 'p0'),
      create('bulk', 'p1'),
      { operationType: 'Delete', id: 'nowhere', partitionKey: 'p2' },
      create('bulk', 'p3'),
    ]);
    expect(response.map((one) => one.statusCode)).toEqual([201, 409, 404, 201]);
    expect((await things.item('bulk', 'p3').read()).statusCode).toBe(200);
  });

  it('a bulk request can stop at the first failure', async () => {
    await things.items.create({ id: 'stop', boundary: 's1' });
    const response = await things.items.bulk([create('stop', 's0'), create('stop', 's1'), create('stop', 's2')], {
      continueOnError: false,
    });
    expect(response.map((one) => one.statusCode)).toEqual([201, 409, 424]);
  });

  it('a bulk request is answered with up to 4 MB of what it reads, and the rest is refused with 413/3402', async () => {
    for (let n = 0; n < 5; n += 1)
      await things.items.create({ id: `l${n}`, boundary: 'large', text: 'x'.repeat(1_000_000) });
    const reads: readonly OperationInput[] = Array.from({ length: 5 }, (_, n) => ({
      operationType: 'Read',
      id: `l${n}`,
      partitionKey: 'large',
    }));
    const response = await things.items.bulk([...reads], { continueOnError: true });
    expect(response.map((one) => one.statusCode)).toEqual([200, 200, 200, 200, 413]);
    expect(response[4]).toMatchObject({ subStatusCode: 3402 });
    expect(response[4]).not.toHaveProperty('resourceBody');
  });

  it('a bulk request can be sent by executeBulkOperations', async () => {
    const results = await things.items.executeBulkOperations([
      { operationType: 'Create', partitionKey: 'e0', resourceBody: { id: 'e', boundary: 'e0' } },
      { operationType: 'Upsert', partitionKey: 'e1', resourceBody: { id: 'e', boundary: 'e1' } },
      { operationType: 'Read', partitionKey: 'e9', id: 'missing' },
    ]);
    expect(results.map((one) => one.response?.statusCode ?? one.error?.code)).toEqual([201, 201, 404]);
  });
});
