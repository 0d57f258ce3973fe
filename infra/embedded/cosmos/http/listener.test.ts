import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { emulatorKey } from '../server.ts';
import { type ServerUnderTest, startForTest } from '../server-under-test.ts';

let cosmos: ServerUnderTest;
beforeAll(async () => {
  cosmos = await startForTest();
  await cosmos.container();
});
afterAll(() => cosmos[Symbol.asyncDispose]());
afterEach(() => {
  vi.restoreAllMocks();
});

const things = 'dbs/database-1/colls/things';

function token(method: string, type: string, link: string, date: string): string {
  const text = `${method}\n${type}\n${link}\n${date.toLowerCase()}\n\n`;
  const signature = createHmac('sha256', Buffer.from(emulatorKey, 'base64')).update(text).digest('base64');
  return encodeURIComponent(`type=master&ver=1.0&sig=${signature}`);
}

/** A signed request, with whatever is wrong about the rest. */
async function call(
  method: string,
  path: string,
  [type, link]: [string, string],
  init: { body?: string; headers?: object } = {},
) {
  const date = new Date().toUTCString();
  const headers = { 'x-ms-date': date, authorization: token(method.toLowerCase(), type, link, date), ...init.headers };
  const response = await fetch(cosmos.server.endpoint + path, {
    method,
    headers,
    ...(init.body !== undefined && { body: init.body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    substatus: response.headers.get('x-ms-substatus'),
    etag: response.headers.get('etag'),
    body: text === '' ? undefined : JSON.parse(text),
  };
}

describe('the partition key ranges of a container', () => {
  const read = (headers: object = {}) => call('GET', `/${things}/pkranges`, ['pkranges', things], { headers });

  it('partition key ranges are not sent again to a reader who has them', async () => {
    const first = await read({ 'a-im': 'Incremental feed' });
    expect(first).toMatchObject({ status: 200, body: { _count: 1 } });
    const again = await read({ 'a-im': 'Incremental feed', 'if-none-match': first.etag });
    expect(again).toMatchObject({ status: 304, body: undefined, etag: first.etag });
    expect(await read({ 'if-none-match': '"another"' })).toMatchObject({ status: 200 });
  });
});

describe('an unauthorized Cosmos request', () => {
  const read = (headers: Record<string, string>) => fetch(`${cosmos.server.endpoint}${things}`, { headers });
  const now = new Date().toUTCString();
  const yesterday = new Date(Date.now() - 86_400_000).toUTCString();

  it.each<[string, Record<string, string>]>([
    ['has no token', { 'x-ms-date': now }],
    ['has no date', { authorization: token('get', 'colls', things, now) }],
    ['has a broken date', { 'x-ms-date': 'soon', authorization: token('get', 'colls', things, 'soon') }],
    ['has a stale date', { 'x-ms-date': yesterday, authorization: token('get', 'colls', things, yesterday) }],
    ['has a token for something else', { 'x-ms-date': now, authorization: token('delete', 'colls', things, now) }],
    ['has a token cut short', { 'x-ms-date': now, authorization: token('get', 'colls', things, now).slice(0, -9) }],
    ['has a malformed token', { 'x-ms-date': now, authorization: '%E0%A4%A' }],
    ['has a resource token', { 'x-ms-date': now, authorization: encodeURIComponent('type=resource&ver=1.0&sig=x') }],
  ])('a Cosmos request is refused with 401 when it %s', async (_, headers) => {
    const response = await read(headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'Unauthorized', message: expect.any(String) });
  });
});

describe('a malformed Cosmos request', () => {
  const partition = { 'x-ms-documentdb-partitionkey': '["b"]' };

  it.each<[string, Parameters<typeof call>, number]>([
    ['broken JSON', ['POST', `${things}/docs`, ['docs', things], { body: '{"id":', headers: partition }], 400],
    ['no body', ['POST', `${things}/docs`, ['docs', things], { headers: partition }], 400],
    ['a body that is a list', ['POST', `${things}/docs`, ['docs', things], { body: '[]', headers: partition }], 400],
    ['no id', ['POST', `${things}/docs`, ['docs', things], { body: '{"boundary":"b"}', headers: partition }], 400],
    ['no partition key', ['POST', `${things}/docs`, ['docs', things], { body: '{"id":"x","boundary":"b"}' }], 400],
    [
      'a broken partition key',
      ['GET', `${things}/docs/x`, ['docs', `${things}/docs/x`], { headers: { 'x-ms-documentdb-partitionkey': 'b' } }],
      400,
    ],
    [
      'two partition keys',
      [
        'GET',
        `${things}/docs/x`,
        ['docs', `${things}/docs/x`],
        { headers: { 'x-ms-documentdb-partitionkey': '["a","b"]' } },
      ],
      400,
    ],
    ['an unknown root', ['GET', 'nothing/here', ['nothing', 'nothing/here']], 400],
    ['stored procedures', ['GET', `${things}/sprocs`, ['sprocs', things]], 400],
    ['a verb that does not fit', ['PUT', things.replace('/colls/things', ''), ['dbs', 'dbs/database-1']], 405],
    ['a missing database', ['GET', 'dbs/none', ['dbs', 'dbs/none']], 404],
    [
      'a query that is none',
      ['POST', `${things}/docs`, ['docs', things], { body: '{}', headers: { 'x-ms-documentdb-isquery': 'true' } }],
      400,
    ],
    [
      'a page of no items',
      ['GET', `${things}/docs`, ['docs', things], { headers: { 'x-ms-max-item-count': '0' } }],
      400,
    ],
  ])('a malformed Cosmos request is refused as by the real service: %s', async (_, request, status) => {
    const answer = await call(...request);
    expect(answer).toMatchObject({
      status,
      body: { code: expect.any(String), message: expect.stringContaining('ActivityId') },
    });
  });

  it('a missing partition key has the substatus 1001, and a missing container has 1003', async () => {
    expect(await call('POST', `${things}/docs`, ['docs', things], { body: '{"id":"x","boundary":"b"}' })).toMatchObject(
      { substatus: '1001' },
    );
    const none = 'dbs/database-1/colls/none/docs/x';
    expect(await call('GET', none, ['docs', none], { headers: partition })).toMatchObject({
      status: 404,
      substatus: '1003',
    });
  });

  it('a request that is not HTTP does not end the Cosmos server', async () => {
    const { port } = new URL(cosmos.server.endpoint);
    const socket = connect(Number(port), '127.0.0.1');
    socket.end('rubbish\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve).resume());
    expect((await call('GET', things, ['colls', things])).status).toBe(200);
  });
});

it('a GET of the documents of a container reads all of them, page by page', async () => {
  const container = cosmos.client.database('database-1').container('things');
  for (const id of ['x', 'y']) await container.items.create({ id, boundary: 'feed' });
  const headers = { 'x-ms-documentdb-partitionkey': '["feed"]' };
  const { body } = await call('GET', `${things}/docs`, ['docs', things], { headers });
  expect(body).toMatchObject({ _count: 2, Documents: [{ id: 'x' }, { id: 'y' }] });
});
