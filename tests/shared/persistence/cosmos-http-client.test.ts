import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cosmosHttpClient } from '../../../shared/persistence/cosmos/cosmos-http-client.ts';

/** A server of this test's own, and a request to it. */
async function exchangeWith(listener: RequestListener, abortSignal?: AbortSignal) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const signal = abortSignal === undefined ? {} : { abortSignal };
  const url = `http://127.0.0.1:${port}/dbs/x/docs?part=1`;
  return createPipelineRequest({ url, method: 'POST', body: '{"text":"größer"}', ...signal });
}

describe('the HTTP client of the Cosmos DB SDK', () => {
  it('an answer has its status, its text in however many pieces, and its headers by names in any case', async () => {
    const request = await exchangeWith(async (asked, response) => {
      const body = await asked.setEncoding('utf8').toArray();
      response.writeHead(207, { 'X-MS-Request-Charge': '5.7', Via: ['one', 'two'] });
      response.write(`${asked.method} ${asked.url} `);
      setImmediate(() => response.end(body.join('')));
    });
    const { status, headers, bodyAsText } = await cosmosHttpClient().sendRequest(request);
    expect({ status, bodyAsText }).toEqual({ status: 207, bodyAsText: 'POST /dbs/x/docs?part=1 {"text":"größer"}' });
    expect(headers.get('x-ms-Request-charge')).toBe('5.7');
    expect(headers.toJSON()).toMatchObject({ 'x-ms-request-charge': '5.7', via: 'one, two' });
  });

  it('a request that is aborted before its answer fails as the SDK knows it of its own time-out', async () => {
    const { signal, abort } = controller();
    const request = await exchangeWith(() => abort(), signal);
    await expect(cosmosHttpClient().sendRequest(request)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('a request that is aborted while it waits for its connection fails at once, and is never sent', async () => {
    const { signal, abort } = controller();
    const asked: unknown[] = [];
    const request = await exchangeWith((one, response) => {
      asked.push(one.method);
      response.end();
    }, signal);
    const client = cosmosHttpClient();
    const answer = client.sendRequest(request);
    abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    await client.sendRequest(createPipelineRequest({ url: request.url, method: 'GET' }));
    expect(asked).toEqual(['GET']);
  });

  it('a connection that breaks has the code of the operating system, which the SDK tries again by', async () => {
    const request = await exchangeWith((asked) => asked.socket.destroy());
    await expect(cosmosHttpClient().sendRequest(request)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

function controller() {
  const made = new AbortController();
  return { signal: made.signal, abort: () => made.abort() };
}
