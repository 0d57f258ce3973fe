import { ConsistencyLevel, type Container } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf, type ServerUnderTest, startForTest } from '../server-under-test.ts';

let cosmos: ServerUnderTest;
let things: Container;
beforeAll(async () => {
  cosmos = await startForTest();
  things = await cosmos.container();
});
afterAll(() => cosmos[Symbol.asyncDispose]());

const ifMatch = (condition: string) => ({ accessCondition: { type: 'IfMatch', condition } });
const ifNoneMatch = (condition: string) => ({ accessCondition: { type: 'IfNoneMatch', condition } });

describe('an item', () => {
  it('an item is returned as it was written, with the system properties of the service', async () => {
    const body = { id: 'one', boundary: 'b', text: 'ä😀\u2028"', nested: { list: [1, null, true, 1.5] } };
    const { statusCode, resource, etag, requestCharge, headers } = await things.items.create(body);
    expect(statusCode).toBe(201);
    expect(resource).toMatchObject({ ...body, _etag: etag, _attachments: 'attachments/', _ts: expect.any(Number) });
    expect(Buffer.from(String(resource?._rid).replaceAll('-', '/'), 'base64')).toHaveLength(16);
    expect(resource?._self).toMatch(/^dbs\/.+\/colls\/.+\/docs\/.+\/$/);
    expect(requestCharge).toBeGreaterThan(5);
    expect(headers['x-ms-session-token']).toMatch(/^0:-1#\d+$/);
    const read = await things.item('one', 'b').read();
    expect(read.resource).toEqual(resource);
    expect(read.requestCharge).toBe(2);
  });

  it('items with the same id in different partitions are different items', async () => {
    await things.items.create({ id: 'same', boundary: 'left', side: 'left' });
    await things.items.create({ id: 'same', boundary: 'right', side: 'right' });
    expect((await things.item('same', 'left').read()).resource).toMatchObject({ side: 'left' });
    expect((await things.item('same', 'right').read()).resource).toMatchObject({ side: 'right' });
    expect((await things.item('same', 'middle').read()).statusCode).toBe(404);
  });

  it.each([
    ['text'],
    [7],
    [-1.5],
    [true],
    [null],
    [undefined],
  ])('an item can have the partition key %j', async (boundary) => {
    await things.items.create({ id: 'keyed', boundary });
    expect((await things.item('keyed', boundary).read()).statusCode).toBe(200);
    await things.item('keyed', boundary).delete();
    expect((await things.item('keyed', boundary).read()).statusCode).toBe(404);
  });

  it('an item cannot be created twice', async () => {
    await things.items.create({ id: 'twice', boundary: 'b' });
    expect(await refusalOf(things.items.create({ id: 'twice', boundary: 'b' }))).toMatchObject({
      code: 409,
      body: { code: 'Conflict' },
    });
  });

  it('a replaced item keeps its _rid and ignores system properties sent by the client', async () => {
    const created = await things.items.create({ id: 'kept', boundary: 'b', version: 1 });
    const forged = { id: 'kept', boundary: 'b', version: 2, _rid: 'x', _etag: 'x', _ts: 1, _self: 'x' };
    const { resource } = await things.item('kept', 'b').replace(forged);
    expect(resource?._rid).toBe(created.resource?._rid);
    expect(resource?._self).toBe(created.resource?._self);
    expect(resource?._etag).not.toBe(created.resource?._etag);
    expect(resource?._etag).not.toBe('x');
  });

  it('an item that is deleted and created again has a new _rid', async () => {
    const first = await things.items.create({ id: 'again', boundary: 'b' });
    await things.item('again', 'b').delete();
    const second = await things.items.create({ id: 'again', boundary: 'b' });
    expect(second.resource?._rid).not.toBe(first.resource?._rid);
  });

  it('an item can have any id that the service allows', async () => {
    for (const id of ['a b', 'ü%20', "o'neil", '"', '+&=;,@', 'x'.repeat(1023), '語'.repeat(1023)]) {
      await things.items.create({ id, boundary: 'ids' });
      expect((await things.item(id, 'ids').read()).resource).toMatchObject({ id });
    }
  });
});

describe('the etag of an item', () => {
  it('a replace, a delete or an upsert with a stale etag is refused with 412', async () => {
    const stale = (await things.items.create({ id: 'raced', boundary: 'b' })).etag;
    const fresh = (await things.item('raced', 'b').replace({ id: 'raced', boundary: 'b' }, ifMatch(stale))).etag;
    const body = { id: 'raced', boundary: 'b' };
    for (const call of [
      () => things.item('raced', 'b').replace(body, ifMatch(stale)),
      () => things.items.upsert(body, ifMatch(stale)),
      () => things.item('raced', 'b').delete(ifMatch(stale)),
      () => things.item('raced', 'b').replace(body, ifNoneMatch(fresh)),
      () => things.items.upsert(body, ifNoneMatch('*')),
    ]) {
      expect(await refusalOf(call())).toMatchObject({ code: 412, body: { code: 'PreconditionFailed' } });
    }
    expect((await things.item('raced', 'b').read()).etag).toBe(fresh);
    await things.item('raced', 'b').delete(ifMatch(fresh));
  });

  it('a read with the current etag is answered with 304 and without the item', async () => {
    const { etag } = await things.items.create({ id: 'cached', boundary: 'b' });
    const item = things.item('cached', 'b');
    expect(await item.read(ifNoneMatch(etag))).toMatchObject({ statusCode: 304, resource: null, etag });
    await item.replace({ id: 'cached', boundary: 'b' });
    expect((await item.read(ifNoneMatch(etag))).statusCode).toBe(200);
    expect(await refusalOf(item.read(ifMatch(etag)))).toMatchObject({ code: 412 });
  });

  it('an upsert with an etag inserts an item that does not exist', async () => {
    expect((await things.items.upsert({ id: 'fresh', boundary: 'b' }, ifMatch('"none"'))).statusCode).toBe(201);
  });

  it('a delete of a missing item with an etag is answered with 404, not with 412', async () => {
    expect(await refusalOf(things.item('gone', 'b').delete(ifMatch('"x"')))).toMatchObject({ code: 404 });
  });
});

describe('an invalid write', () => {
  it.each([
    ['an id with a question mark', { id: 'a?b', boundary: 'b' }, 400],
    ['an id of 1024 characters', { id: 'x'.repeat(1024), boundary: 'b' }, 400],
    ['a ttl of 0', { id: 'rule', boundary: 'b', ttl: 0 }, 400],
    ['a ttl that is no whole number', { id: 'rule', boundary: 'b', ttl: 1.5 }, 400],
    ['more than 2 MB', { id: 'rule', boundary: 'b', text: 'x'.repeat(2 * 1024 * 1024) }, 413],
    ['more than a request can have', { id: 'rule', boundary: 'b', text: 'x'.repeat(5 * 1024 * 1024) }, 413],
    [
      'more than 128 levels',
      JSON.parse(`{"id":"rule","boundary":"b","deep":${'['.repeat(150)}${']'.repeat(150)}}`),
      400,
    ],
    [
      'more levels than a stack',
      JSON.parse(`{"id":"rule","boundary":"b","deep":${'['.repeat(1500)}${']'.repeat(1500)}}`),
      400,
    ],
    ['a partition key that is an object', { id: 'rule', boundary: { a: 1 } }, 400],
  ])('an invalid write is refused: %s', async (_, body, code) => {
    expect(await refusalOf(things.items.create(body))).toMatchObject({ code });
    expect((await things.item('rule', 'b').read()).statusCode).toBe(404);
  });

  it('a write with a document of another partition is refused with 400/1001', async () => {
    await things.items.create({ id: 'moved', boundary: 'here' });
    const refused = await refusalOf(things.item('moved', 'here').replace({ id: 'moved', boundary: 'there' }));
    expect(refused).toMatchObject({ code: 400, substatus: 1001, body: { code: 'BadRequest' } });
  });

  it('a replace that changes the id is refused', async () => {
    await things.items.create({ id: 'named', boundary: 'b' });
    expect(await refusalOf(things.item('named', 'b').replace({ id: 'renamed', boundary: 'b' }))).toMatchObject({
      code: 400,
    });
  });
});

describe('the request charge', () => {
  const relaxed = { consistencyLevel: ConsistencyLevel.Eventual };

  it('the request charge is near the published prices for an item of 1 KB and grows with its size', async () => {
    const body = { id: 'priced', boundary: 'b', text: 'x'.repeat(700) };
    expect((await things.items.create(body)).requestCharge).toBeCloseTo(5.5, 0);
    expect((await things.item('priced', 'b').read(relaxed)).requestCharge).toBe(1);
    expect((await things.item('priced', 'b').replace(body)).requestCharge).toBeCloseTo(10.6, 0);
    expect((await things.item('priced', 'b').delete()).requestCharge).toBeCloseTo(5.5, 0);
    const large = await things.items.create({ ...body, text: 'x'.repeat(99 * 1024) });
    expect(large.requestCharge).toBeGreaterThan(50);
    expect((await things.item('priced', 'b').read(relaxed)).requestCharge).toBeCloseTo(10, 0);
  });

  it('reads and queries at Strong consistency are charged twice what they are at a weaker level', async () => {
    await things.items.create({ id: 'strong', boundary: 'strong' });
    const item = things.item('strong', 'strong');
    expect((await item.read()).requestCharge).toBe(2 * (await item.read(relaxed)).requestCharge);
    const query = (options: object) =>
      things.items.query('SELECT * FROM c', { partitionKey: 'strong', ...options }).fetchAll();
    expect((await query({})).requestCharge).toBe(2 * (await query(relaxed)).requestCharge);
  });

  it('a read at a stronger consistency than the account’s is refused', async () => {
    await using session = await startForTest({ consistency: 'Session' });
    const container = await session.container();
    await container.items.create({ id: 'weak', boundary: 'b' });
    expect((await container.item('weak', 'b').read()).requestCharge).toBe(1);
    const stronger = container.item('weak', 'b').read({ consistencyLevel: ConsistencyLevel.Strong });
    expect(await refusalOf(stronger)).toMatchObject({ code: 400 });
  });
});
