import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFailure, startHost } from './fixtures/start-host.ts';

function register(functions: Record<string, object>) {
  return startFailure('registered', { REGISTER: JSON.stringify(functions) });
}

async function appWith(files: Record<string, string>): Promise<string> {
  const appDir = await mkdtemp(path.join(tmpdir(), 'functions-host-app-'));
  onTestFinished(() => rm(appDir, { recursive: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(appDir, name), content);
  return appDir;
}
const hostJson = { 'host.json': '{ "version": "2.0" }' };

describe('a started Functions host', () => {
  it('a started Functions host tells its parent its address and its functions', async () => {
    const timer = { trigger: { type: 'timerTrigger', name: 'timer', schedule: '0 0 * * * *' } };
    const http = { trigger: { type: 'httpTrigger', name: 'request', authLevel: 'function' } };
    const host = await startHost('registered', { REGISTER: JSON.stringify({ sweep: timer, Answer: http }) });
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(host.messages).toEqual([
      {
        type: 'ready',
        url: host.url,
        functions: [
          { name: 'Answer', trigger: 'httpTrigger' },
          { name: 'sweep', trigger: 'timerTrigger' },
        ],
      },
    ]);
    expect((await fetch(`${host.url}/api/answer`)).status).toBe(204);
  });

  it.each([
    ['AzureWebJobs.answer-later.Disabled', 'true'],
    ['AzureWebJobs_Answer-Later_Disabled', '1'],
  ])('a function that %s disables is not triggered, and the others are', async (setting, value) => {
    const http = { trigger: { type: 'httpTrigger', name: 'request' } };
    // What nobody triggers needs none of the settings that its trigger names.
    const broken = { trigger: { type: 'timerTrigger', name: 'timer', schedule: '%SCHEDULE%' } };
    const REGISTER = JSON.stringify({ answer: http, 'answer-later': http, tick: broken });
    const others = { 'AzureWebJobs.tick.Disabled': 'True', 'AzureWebJobs.answer.Disabled': 'false' };
    const host = await startHost('registered', { REGISTER, [setting]: value, ...others });
    expect(host.messages).toEqual([
      { type: 'ready', url: host.url, functions: [{ name: 'answer', trigger: 'httpTrigger' }] },
    ]);
    const statusOf = async (name: string) => (await fetch(`${host.url}/api/${name}`)).status;
    expect([await statusOf('answer'), await statusOf('answer-later')]).toEqual([204, 404]);
  });
});

describe('a failed start of the Functions host', () => {
  it('a start on a port in use or an invalid port fails with what to change', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    expect(await startFailure('http', { PORT: port })).toMatch(
      `Port ${port} is taken. Stop what uses it, or choose another`,
    );
    expect(await startFailure('http', { PORT: 'http' })).toContain('PORT is "http", which is no port');
  });

  it('a start with a missing or wrong host.json or package.json fails with what to change', async () => {
    expect(await startFailure(await appWith({}))).toContain('host.json cannot be read');
    expect(await startFailure(await appWith(hostJson))).toMatch('package.json must name the app\'s files in "main"');
    const elsewhere = { ...hostJson, 'package.json': '{ "main": "dist/*.js" }' };
    expect(await startFailure(await appWith(elsewhere))).toMatch('is "dist/*.js", which matches no file');
  });

  it('a start of an app that throws or registers nothing fails with what to change', async () => {
    const packageJson = { ...hostJson, 'package.json': '{ "main": "app.mjs" }' };
    const throwing = await appWith({ ...packageJson, 'app.mjs': 'throw new Error("no licence")' });
    expect(await startFailure(throwing)).toMatch(/app\.mjs failed while it was loaded: Error: no licence/);
    expect(await startFailure(await appWith({ ...packageJson, 'app.mjs': '' }))).toContain('register no function');
  });

  it('a start of a function with an unsupported name, trigger or binding fails with what to change', async () => {
    const timer = { type: 'timerTrigger', name: 'timer', schedule: '0 0 * * * *' };
    const queue = { type: 'queueTrigger', name: 'item' };
    expect(await register({ '1st': { trigger: timer } })).toContain('"1st" cannot be a function\'s name');
    expect(await register({ react: { trigger: queue } })).toContain('"react" has a trigger of type "queueTrigger"');
    expect(await register({ react: { trigger: { ...timer, name: 'my_timer' } } })).toContain(
      '"my_timer" cannot be the name',
    );
    const table = { trigger: timer, extraOutputs: [{ type: 'table', name: 'rows' }] };
    expect(await register({ react: table })).toContain('"react" has a binding of type "table"');
    const retry = { strategy: 'fixedDelay', maxRetryCount: 3, delayInterval: 1000 };
    expect(await register({ react: { trigger: timer, retry } })).toContain('"react" has a retry policy');
    const hooked = { HOOK: 'true', REGISTER: JSON.stringify({ sweep: { trigger: timer } }) };
    expect(await startFailure('registered', hooked)).toContain('does not support the hook "preInvocation"');
    expect(
      await startFailure('registered', {
        HTTP_STREAM: 'true',
        REGISTER: '{"a":{"trigger":{"type":"http","name":"r"}}}',
      }),
    ).toContain('does not support HTTP streams');
  });

  it('a start of a function with an incomplete trigger fails with what to change', async () => {
    const late = { trigger: { type: 'timerTrigger', name: 'timer', schedule: '99 * * * * *' } };
    expect(await register({ sweep: late })).toContain('the schedule "99 * * * * *" is wrong, the second "99"');
    const route = { trigger: { type: 'httpTrigger', name: 'request', route: 'v{x}' } };
    expect(await register({ answer: route })).toContain('Function "answer" has the route "api/v{x}"');
    expect(await startFailure('timer')).toContain('Function "tick": "schedule" needs the setting SCHEDULE');
    expect(await startFailure('kafka', { TOPIC: 'orders' })).toContain(
      'Function "batches": "brokerList" needs the setting BROKERS',
    );
  });
});
