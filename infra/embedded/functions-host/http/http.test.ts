import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { eventually } from '../fixtures/eventually.ts';
import { startHost } from '../fixtures/start-host.ts';

/** What the fixture's function answers: what it was given. */
interface Echo {
  readonly functionName: string;
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly traceParent: string;
}

async function echoOf(response: Promise<Response>): Promise<Echo> {
  return (await (await response).json()) as Echo;
}

describe('an HTTP request to a function', () => {
  it('a request reaches its function with the route values, whatever the case and with a slash at the end', async () => {
    const { url } = await startHost('http');
    const seen = await echoOf(fetch(`${url}/SHOPS/nl/orders/42/`));
    expect(seen).toMatchObject({ functionName: 'order', params: { shop: 'nl', id: '42' } });
    expect((await echoOf(fetch(`${url}/shops/nl/orders`))).params).toEqual({ shop: 'nl' });
    expect((await echoOf(fetch(`${url}/files/a/b%20c/d.txt`))).params).toEqual({ path: 'a/b c/d.txt' });
    expect((await echoOf(fetch(`${url}/unrouted`))).functionName).toBe('unrouted');
  });

  it('a request that no route, method or constraint matches is answered with 404', async () => {
    const { url } = await startHost('http');
    for (const path of ['/shops/nl/orders/x', '/shops/n1/orders', '/users/1', '/nowhere', '/files2']) {
      expect((await fetch(url + path)).status, path).toBe(404);
    }
    expect((await fetch(`${url}/shops/nl/orders`, { method: 'DELETE' })).status).toBe(404);
  });

  it.each([
    'TRACE',
    'QUERY',
  ])('a %s request, which no function takes, is refused with 405 and what the app tells of its path', async (method) => {
    const { url } = await startHost('http');
    const answered = async (path: string) => {
      const [{ statusCode, headers }] = await once(request(url + path, { method }).end(), 'response');
      return [statusCode, headers.allow];
    };
    expect(await answered('/told')).toEqual([405, 'GET, OPTIONS']);
    expect(await answered('/nowhere')).toEqual([404, undefined]);
  });

  it('a request that several routes match goes to the function whose name sorts first, as on Azure', async () => {
    const { url } = await startHost('http');
    expect((await echoOf(fetch(`${url}/items/recent`))).functionName).toBe('byId');
    expect((await echoOf(fetch(`${url}/items/recent`, { method: 'DELETE' }))).functionName).toBe('recent');
  });

  it('a request has body, query and headers as the real host passes them', async () => {
    const { url } = await startHost('http');
    const body = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const response = fetch(`${url}/shops/nl/orders?a=1&A=2&b=`, {
      method: 'POST',
      body,
      headers: { 'X-Kind': 'bytes', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    });
    const seen = await echoOf(response);
    expect(Buffer.from(seen.body ?? '', 'base64')).toEqual(Buffer.from(body));
    expect(seen.query).toEqual({ a: '1,2', b: '' });
    expect(seen.headers).toMatchObject({ 'x-kind': 'bytes', 'content-length': '256' });
    expect(seen.headers).not.toHaveProperty('x-forwarded-for');
    expect(seen.traceParent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/);
  });

  it('a request says in PEER_ADDRESS_HEADER where it comes from, whatever its client writes there', async () => {
    const { url } = await startHost('http', { PEER_ADDRESS_HEADER: 'x-peer' });
    const seen = await echoOf(fetch(`${url}/unrouted`, { headers: { 'X-Peer': '203.0.113.7' } }));
    expect(seen.headers['x-peer']).toBe('127.0.0.1');
  });

  it('a request without a Content-Length has no body, as on Azure, and a log line says so', async () => {
    const { url, output } = await startHost('http');
    const body = new Blob(['chunked']).stream();
    const response = fetch(`${url}/shops/nl/orders`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect((await echoOf(response)).body).toBeNull();
    await eventually(() => expect(output()).toContain('order: the body of a chunked request is not passed'));
  });

  it('a request beyond the outstanding ones of host.json is answered with 429', async () => {
    const { url, messages, child } = await startHost('http', {
      AzureFunctionsJobHost__extensions__http__maxOutstandingRequests: '1',
    });
    const waiting = fetch(`${url}/wait`);
    await eventually(() => expect(messages).toContainEqual({ type: 'waiting' }));
    expect((await fetch(`${url}/unrouted`)).status).toBe(429);
    child.send('release');
    expect((await waiting).status).toBe(200);
    expect((await fetch(`${url}/unrouted`)).status).toBe(200);
  });

  it('a request with a body over the limit is answered with 413', async () => {
    const { url } = await startHost('http', { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '10' });
    const put = (body: string) => fetch(`${url}/shops/nl/orders`, { method: 'PUT', body });
    expect((await put('0123456789')).status).toBe(200);
    expect((await put('0123456789a')).status).toBe(413);
  });
});

describe('the response of a function', () => {
  it('a response has the status, headers and bytes of the function, and no bytes for HEAD', async () => {
    const { url } = await startHost('http');
    const response = await fetch(`${url}/binary`);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-kind')).toBe('bytes');
    expect([...(await response.bytes())]).toEqual([0, 255, 128]);
    const head = await fetch(`${url}/binary`, { method: 'HEAD' });
    expect(head.status).toBe(201);
    expect(head.headers.get('content-length')).toBe('3');
    expect(await (await fetch(`${url}/stream`)).text()).toBe('one two');
  });

  it('a response has a Set-Cookie header for each cookie', async () => {
    const { url } = await startHost('http');
    expect((await fetch(`${url}/cookies`)).headers.getSetCookie()).toEqual([
      'a=x%20y; path=/; samesite=strict; httponly',
      'b=2; max-age=60; path=/shop',
    ]);
  });

  it('a function that returns nothing is answered with 204, and one that throws with 500 and a log line', async () => {
    const { url, output } = await startHost('http');
    expect((await fetch(`${url}/nothing`, { method: 'POST' })).status).toBe(204);
    const failed = await fetch(`${url}/throwing`);
    expect(failed.status).toBe(500);
    expect(await failed.text()).toBe('');
    await eventually(() => expect(output()).toMatch(/^error +throwing: Error: out of paper/m));
  });
});

describe('the target of an HTTP request', () => {
  it.each([
    ['more than a host and a port', '127.0.0.1/unrouted?'],
    ['somebody who is logged in', 'evil@127.0.0.1'],
    ['a port that is none', '127.0.0.1:port'],
    ['nothing', ''],
  ])('a request whose Host header names %s is answered with 400', async (_, host) => {
    const { url } = await startHost('http');
    expect(await rawly(url, `GET /unrouted HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  it('a request with an absolute target goes to its path, whatever its Host header says', async () => {
    const { url } = await startHost('http');
    const target = 'http://shop.example:80/unrouted?a=1';
    const answer = await rawly(url, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('"functionName":"unrouted"');
    const foreign = 'http://evil@shop.example/unrouted';
    expect(await rawly(url, `GET ${foreign} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });
});

describe('stopping the Functions host', () => {
  it('a stopping Functions host finishes its requests, accepts no new ones, runs appTerminate and exits with 0', async () => {
    const host = await startHost('http');
    const waiting = fetch(`${host.url}/wait`);
    await eventually(() => expect(host.messages).toContainEqual({ type: 'waiting' }));
    const ended = host.stop();
    await eventually(() => expect(connectionTo(host.url)).rejects.toThrow('ECONNREFUSED'));
    expect(host.messages).not.toContainEqual({ type: 'terminated' });
    host.child.send('release');
    expect(await (await waiting).text()).toBe('finished');
    expect(await ended).toBe(0);
    expect(host.messages).toContainEqual({ type: 'terminated' });
  });

  it('a Functions host stops when its parent is gone', async () => {
    const host = await startHost('http');
    const ended = new Promise((resolve) => host.child.once('exit', resolve));
    host.child.disconnect();
    expect(await ended).toBe(0);
  });
});

/** A connection of its own; fetch would use one that is open already. */
function connectionTo(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request(`${url}/unrouted`, { agent: false }, (response) => resolve(void response.resume()))
      .on('error', reject)
      .end();
  });
}

/** What is answered to these bytes. */
async function rawly(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  return await text(socket);
}
