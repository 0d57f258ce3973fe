import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { FaultRules } from '../../embedded/faults/fault-rules.ts';
import { controlTokenHeader, startControlServer } from './control-server.ts';

const server = { start: async () => undefined, stop: async () => undefined, watch: async () => undefined };

async function controlled() {
  const rules = new FaultRules(async () => undefined);
  const functions = () => Promise.reject(new Error('a process was asked for'));
  const control = await startControlServer({ rules, servers: { kafka: undefined, cosmos: server }, functions });
  onTestFinished(() => control.close());
  return control;
}

/** The status and the text that a request is answered with. */
async function call(url: string, path: string, headers: Readonly<Record<string, string>>, body = ''): Promise<string> {
  return await new Promise((resolve, reject) => {
    request(new URL(path, url), { method: 'POST', headers }, async (response) =>
      resolve(`${response.statusCode} ${await text(response)}`),
    )
      .on('error', reject)
      .end(body);
  });
}

it('the control endpoint does what it is asked by who knows its token', async () => {
  const { url, token } = await controlled();
  expect(await call(url, '/servers/cosmos/stop', { [controlTokenHeader]: token })).toBe('200 {}');
});

it.each<[string, (own: { token: string; port: string }) => Record<string, string>]>([
  ['has no token', () => ({})],
  ['has a wrong token', () => ({ [controlTokenHeader]: 'guessed' })],
  ['comes from a web page', ({ token }) => ({ [controlTokenHeader]: token, origin: 'https://evil.example' })],
  ['names another host', ({ token, port }) => ({ [controlTokenHeader]: token, host: `evil.example:${port}` })],
])('the control endpoint refuses a request that %s', async (_, headersOf) => {
  const { url, token } = await controlled();
  const headers = headersOf({ token, port: new URL(url).port });
  expect(await call(url, '/servers/cosmos/stop', headers)).toMatch(/^403 /);
});

it('the control endpoint starts no process with a setting by which it would run other code', async () => {
  const { url, token } = await controlled();
  const start = (env: object) =>
    call(url, '/functions/main/start', { [controlTokenHeader]: token }, JSON.stringify({ env }));
  expect(await start({ NODE_OPTIONS: '--import data:text/javascript,' })).toMatch(/^400 .*NODE_OPTIONS/);
  const harmless = { ORDER_TIMEOUT: 'PT9S', 'AzureWebJobs.sweep.Disabled': 'true' };
  expect(await start(harmless)).toBe('400 {"error":"a process was asked for"}');
});
