import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { IncomingRequest } from '../incoming.ts';
import { form } from './form.ts';
import { json } from './json.ts';
import { type BodyRules, readBody } from './read-body.ts';

const limit = 100;

function rules<Schema extends z.ZodType>(schema: Schema): BodyRules<Schema> {
  return { schema, accepts: [json], maxBytes: limit };
}

const quantity = rules(z.strictObject({ quantity: z.int() }));

function requestOf(body: string | Uint8Array, contentType: string | null = 'application/json'): IncomingRequest {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return {
    method: 'POST',
    url: 'http://127.0.0.1/',
    headers: new Headers(contentType === null ? {} : { 'content-type': contentType }),
    params: {},
    arrayBuffer: async () => Uint8Array.from(bytes).buffer,
  };
}

describe('a request body', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/merge-patch+json',
  ])('a request body of type %s is read as JSON', async (type) => {
    const read = await readBody(requestOf('{"quantity":1}', type), quantity);
    expect(read).toEqual({ quantity: 1 });
  });

  it.each([
    null,
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
  ])('a request body of type %s is refused with 415', async (type) => {
    await expect(readBody(requestOf('{"quantity":1}', type), quantity)).rejects.toMatchObject({ status: 415 });
  });

  it.each([
    '{"quantity":',
    '',
    'quantity=1',
  ])('a request body that is not JSON is refused with 400: %j', async (text) => {
    await expect(readBody(requestOf(text), quantity)).rejects.toMatchObject({ status: 400, code: 'broken-json' });
  });

  it.each([
    '{"quantity":"1"}',
    '{"quantity":1,"price":0}',
    '[]',
    'null',
    '{"quantity":1,"__proto__":{}}',
  ])('a request body that breaks its schema is refused with 422: %s', async (text) => {
    await expect(readBody(requestOf(text), quantity)).rejects.toMatchObject({ status: 422, code: 'invalid-body' });
  });

  it('a request body over the size limit is refused with 413, and one of exactly that size is read', async () => {
    const padded = (bytes: number) => `{"quantity":1}${' '.repeat(bytes - 14)}`;
    await expect(readBody(requestOf(padded(limit + 1)), quantity)).rejects.toMatchObject({ status: 413 });
    expect(await readBody(requestOf(padded(limit)), quantity)).toEqual({ quantity: 1 });
  });

  it('a request body whose Content-Length is over the limit is refused before it is read', async () => {
    const headers = new Headers({ 'content-type': 'application/json', 'content-length': String(limit + 1) });
    const unread = { ...requestOf('{}'), headers, arrayBuffer: () => Promise.reject(new Error('it was read')) };
    await expect(readBody(unread, quantity)).rejects.toMatchObject({ status: 413, code: 'body-too-large' });
  });

  it('a request body may be left out, with its type, if no field is required', async () => {
    const optional = rules(z.strictObject({ reason: z.string().optional() }));
    expect(await readBody(requestOf('', null), optional)).toEqual({});
  });

  it('a request body may have any accepted format, and all are checked by one schema', async () => {
    const either: BodyRules<z.ZodType> = { ...rules(z.strictObject({ name: z.string() })), accepts: [json, form] };
    const answers = [
      await readBody(requestOf('{"name":"Ann"}', 'application/json'), either),
      await readBody(requestOf('name=Ann', 'application/x-www-form-urlencoded; charset=utf-8'), either),
    ];
    expect(answers).toEqual([{ name: 'Ann' }, { name: 'Ann' }]);
    await expect(readBody(requestOf('name,Ann', 'text/csv'), either)).rejects.toMatchObject({
      status: 415,
      message: expect.stringContaining('application/json or application/x-www-form-urlencoded'),
    });
  });

  const named = rules(z.strictObject({ name: z.string() }));
  const latin = Buffer.from('{"name":"Münchner Lampe"}', 'latin1');

  it.each([
    ['UTF-8, where nothing else is said', Buffer.from('{"name":"Münchner Lampe"}'), 'application/json'],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff{"name":"Münchner Lampe"}'), 'application/json; charset=UTF-8'],
    ['the charset that its type names', latin, 'application/json; charset="iso-8859-1"'],
    ['UTF-16', Buffer.from('{"name":"Münchner Lampe"}', 'utf16le'), 'application/json;charset=utf-16'],
  ])('a body is read as %s', async (_, bytes, type) => {
    expect(await readBody(requestOf(bytes, type), named)).toEqual({ name: 'Münchner Lampe' });
  });

  it('a body that is no text in its charset is refused, and so is a charset that is not known', async () => {
    const read = (type: string) => readBody(requestOf(latin, type), named);
    await expect(read('application/json')).rejects.toMatchObject({ status: 400, code: 'invalid-encoding' });
    await expect(read('application/json; charset=klingon')).rejects.toMatchObject({ status: 415 });
  });

  it('a compressed body is refused with 415 and what is taken instead, before it is read', async () => {
    const headers = new Headers({ 'content-type': 'application/json', 'content-encoding': 'gzip' });
    const unread = { ...requestOf('{}'), headers, arrayBuffer: () => Promise.reject(new Error('it was read')) };
    await expect(readBody(unread, named)).rejects.toMatchObject({
      status: 415,
      message: expect.stringContaining('gzip'),
      headers: { 'accept-encoding': 'identity' },
    });
  });
});
