import type { Container, OperationInput } from '@azure/cosmos';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RequestSeen, Verdict } from '../../faults/gate.ts';
import { clientOf, refusalOf, type ServerUnderTest, startForTest } from '../server-under-test.ts';

let cosmos: ServerUnderTest;
let things: Container;
let seen: RequestSeen[] = [];
let next: (request: RequestSeen) => Verdict | Promise<Verdict>;
beforeAll(async () => {
  const judge = (request: RequestSeen) => {
    seen.push(request);
    return next(request);
  };
  next = () => ({ kind: 'serve' });
  cosmos = await startForTest({ faults: { judge } });
  things = await cosmos.container();
  // The SDK asks once what the container is partitioned by, when it first has to know: whichever test is first, that is over.
  await things.items.bulk([{ operationType: 'Read', id: 'nothing', partitionKey: 'b' }], { continueOnError: true });
});
beforeEach(() => {
  seen = [];
  next = () => ({ kind: 'serve' });
});
afterAll(() => cosmos[Symbol.asyncDispose]());

it('the fault gate sees every operation on documents, with its container and client', async () => {
  const item = things.item('seen', 'b');
  await things.items.create({ id: 'seen', boundary: 'b' });
  await things.items.upsert({ id: 'seen', boundary: 'b' });
  await item.read();
  await item.replace({ id: 'seen', boundary: 'b' });
  await things.items.batch([{ operationType: 'Read', id: 'seen' }], 'b');
  await things.items.bulk([{ operationType: 'Read', id: 'seen', partitionKey: 'b' }]);
  await things.items.query('SELECT * FROM c', { partitionKey: 'b' }).fetchAll();
  await item.delete();
  const operations = ['Create', 'Upsert', 'Read', 'Replace', 'Batch', 'Bulk', 'Query', 'Delete'];
  expect(seen.map(({ operation }) => operation)).toEqual(operations);
  expect(seen[0]).toMatchObject({ server: 'cosmos', targets: ['things'], client: expect.stringContaining('cosmos') });
});

it('the fault gate sees what a batch or bulk request does', async () => {
  const create = (id: string): OperationInput => ({ operationType: 'Create', resourceBody: { id, boundary: 'b' } });
  await things.items.batch([create('one'), { operationType: 'Read', id: 'seen' }, create('two')], 'b');
  await things.items.bulk(
    ['one', 'two'].map((id) => ({ operationType: 'Delete', id, partitionKey: 'b' })),
    { continueOnError: true },
  );
  await things.item('seen', 'b').read();
  expect(seen.map(({ operation, parts }) => [operation, parts])).toEqual([
    ['Batch', ['Create', 'Read']],
    ['Bulk', ['Delete']],
    ['Read', []],
  ]);
});

it('a refused Cosmos request is answered as the fault says and changes nothing', async () => {
  next = () => ({ kind: 'refuse', status: 449, substatus: 1234, retryAfterMs: 77 });
  const refused = await refusalOf(things.items.create({ id: 'refused', boundary: 'b' }));
  expect(refused).toMatchObject({ code: 449, substatus: 1234, retryAfterInMs: 77, body: { code: 'RetryWith' } });
  next = () => ({ kind: 'serve' });
  expect((await things.item('refused', 'b').read()).statusCode).toBe(404);
});

it('a rule for a container refuses reads of the container itself as well', async () => {
  next = ({ targets }) =>
    targets.includes('things') ? { kind: 'refuse', status: 403, substatus: 5301 } : { kind: 'serve' };
  expect(await refusalOf(things.read())).toMatchObject({ code: 403, substatus: 5301 });
  expect(await refusalOf(things.item('seen', 'b').read())).toMatchObject({ code: 403 });
  expect(seen.map(({ operation }) => operation)).toEqual(['ReadContainer', 'Read']);
});

describe('an operation refused within its request', () => {
  // The SDK changes what it is given.
  const creations = (boundary: string): OperationInput[] =>
    ['p', 'q', 'r'].map((id) => ({
      operationType: 'Create',
      resourceBody: { id, boundary },
      partitionKey: boundary,
    }));

  it('one refused operation fails a whole batch', async () => {
    next = () => ({ kind: 'refuse', status: 449, position: 1 });
    const { result } = await things.items.batch(creations('batch'), 'batch');
    expect(result?.map(({ statusCode }) => statusCode)).toEqual([424, 449, 424]);
  });

  it('one refused operation of a bulk request fails alone, with its substatus', async () => {
    next = () => ({ kind: 'refuse', status: 404, substatus: 1002, position: 1 });
    const result = await things.items.bulk(creations('bulk'), { continueOnError: true });
    expect(result.map(({ statusCode }) => statusCode)).toEqual([201, 404, 201]);
    expect(result[1]).toMatchObject({ subStatusCode: 1002 });
  });
});

it('a throttled Cosmos request is retried by the SDK after the time it is told', async () => {
  next = () =>
    seen.length === 1 ? { kind: 'refuse', status: 429, substatus: 3200, retryAfterMs: 1 } : { kind: 'serve' };
  expect((await things.items.create({ id: 'throttled', boundary: 'b' })).statusCode).toBe(201);
  expect(seen).toHaveLength(2);
});

it('a dropped Cosmos request writes nothing, and one dropped after it was applied writes everything', async () => {
  next = () => ({ kind: 'drop' });
  await expect(things.items.create({ id: 'dropped', boundary: 'b' })).rejects.toThrow();
  next = () => ({ kind: 'apply-then-drop' });
  await expect(things.items.create({ id: 'applied', boundary: 'b' })).rejects.toThrow();
  next = () => ({ kind: 'serve' });
  expect((await things.item('dropped', 'b').read()).statusCode).toBe(404);
  expect((await things.item('applied', 'b').read()).statusCode).toBe(200);
});

it('a held Cosmos request does not block other requests', async () => {
  const held = Promise.withResolvers<Verdict>();
  next = ({ operation }) => (operation === 'Create' ? held.promise : { kind: 'serve' });
  const waiting = things.items.create({ id: 'held', boundary: 'b' });
  await expect.poll(() => seen.length).toBe(1);
  expect((await things.item('held', 'b').read()).statusCode).toBe(404);
  held.resolve({ kind: 'serve' });
  expect((await waiting).statusCode).toBe(201);
});

it('a Cosmos server can close while requests are held, and does not serve them afterwards', async () => {
  const held = Promise.withResolvers<Verdict>();
  const arrived = Promise.withResolvers<void>();
  await using other = await startForTest({
    faults: {
      judge() {
        arrived.resolve();
        return held.promise;
      },
    },
  });
  const container = await other.container();
  const waiting = refusalOf(
    clientOf(other.server)
      .database(container.database.id)
      .container(container.id)
      .items.create({ id: 'x', boundary: 'b' }),
  );
  await arrived.promise;
  await other.server.close();
  held.resolve({ kind: 'serve' });
  await expect(waiting).resolves.toBeDefined();
});
