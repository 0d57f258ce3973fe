import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStackFile } from '../../infra/local/stack-file.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { type SpawnedStart, spawnStart } from '../rigs/stack/spawn-start.ts';

/** The stack around an app that is no more than two routes: what is tested here is the stack itself. */
const tinyApp = { APP_DIR: path.resolve(import.meta.dirname, '../../infra/local/fixtures/tiny-app') };

let folder: string;
let dataDir: string;
const starts: SpawnedStart[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lifecycle-'));
  dataDir = path.join(folder, 'data');
});

afterEach(async () => {
  for (const { child, ended } of starts.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

describe('stopping', () => {
  it.each([
    'SIGINT',
    'SIGTERM',
    'SIGHUP',
  ] as const)('stopping a stack by %s ends every process and unlocks the data folder', async (signal) => {
    const running = await ready();
    expect(await stopped(running, signal)).toBe(0);
    await expectNothingLeft(running);
    expect(existsSync(path.join(dataDir, 'stack.json'))).toBe(false);
  });

  it('a second Ctrl-C stops the stack without waiting for work in progress', async () => {
    const running = await ready({ TINY_STOPS_NEVER: '1' });
    running.child.kill('SIGINT');
    const again = setInterval(() => running.child.kill('SIGINT'), 100);
    expect(await running.ended).toBe(0);
    clearInterval(again);
    await expectNothingLeft(running);
  });

  it('keys and credentials survive a restart of the stack', async () => {
    const first = await ready();
    const keys = readFileSync(first.stack.tokens.keysFile, 'utf8');
    await stopped(first, 'SIGTERM');
    const second = await ready();
    expect(second.stack.kafka.password).toBe(first.stack.kafka.password);
    expect(second.stack.cosmos.key).toBe(first.stack.cosmos.key);
    expect(readFileSync(second.stack.tokens.keysFile, 'utf8')).toBe(keys);
  });

  it('a stack can be stopped while it is still starting', async () => {
    const running = start();
    await eventually(() => expect(existsSync(path.join(dataDir, 'lock.pid'))).toBe(true));
    expect(await stopped(running, 'SIGTERM')).toBe(0);
    expect(await stopped(await ready(), 'SIGTERM')).toBe(0);
  });
});

describe('killed stacks', () => {
  it('a killed stack leaves no process behind, and the next start takes over its folder', async () => {
    const running = await ready();
    expect(await stopped(running, 'SIGKILL')).toBe(null);
    await expectNothingLeft(running);
    const { url } = await ready();
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

describe('failed starts', () => {
  it('a start on a port in use fails with one line that says what to do', async () => {
    const taker = createServer().listen(0, '127.0.0.1');
    await once(taker, 'listening');
    const { port } = taker.address() as AddressInfo;
    await expectRefusal(
      { PORT: String(port) },
      `Port ${port} is taken (pid ${process.pid}, node). Stop it, or choose another: PORT=`,
    );
    taker.close();
  });

  it.each([
    ['damaged', 'nonsense', /format\.json is damaged: restore it as {"format":1}, or start afresh: npm run reset/],
    [
      'newer',
      '{"format":99}',
      /has data of a newer format \(99, this version reads 1\): use the version that wrote it/,
    ],
  ])('a start on a data folder whose format is %s fails with one line that says what to do', async (_, text, line) => {
    mkdirSync(dataDir);
    writeFileSync(path.join(dataDir, 'format.json'), text);
    await expectRefusal({}, line);
  });

  it('a start refuses a folder with foreign files in it', async () => {
    writeFileSync(path.join(folder, 'diary.txt'), 'dear diary');
    await expectRefusal({ DATA_DIR: folder }, 'is not empty and has no data of Lagerhaus');
    expect(readFileSync(path.join(folder, 'diary.txt'), 'utf8')).toBe('dear diary');
  });

  it('a start with wrong settings prints one line for each', async () => {
    const lines = await refusal({ PORT: '99999', DEMO: 'yes', KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT' });
    expect(lines).toEqual([
      'PORT is "99999": it must be a number from 0 (a free port) to 65535.',
      'DEMO is "yes": it must be 0 or 1.',
      expect.stringMatching(/^KAFKA_SECURITY_PROTOCOL is "PLAINTEXT": it must be SASL_PLAINTEXT or SASL_SSL/),
    ]);
  });

  it('a start whose topics cannot be created fails with one line', async () => {
    await expectRefusal(
      { PROVISION_FAILS: 'no such luck' },
      /^Topics and containers could not be made:\nno such luck$/,
    );
  });

  it('a start with a wrong host.json setting fails with one line', async () => {
    const lines = await refusal({ AzureFunctionsJobHost__functionTimeout: 'soon' });
    expect(lines).toEqual([expect.stringMatching(/host\.json: "functionTimeout" is wrong/)]);
  });
});

describe('npm run reset', () => {
  it('npm run reset empties nothing when it is given arguments', async () => {
    await stopped(await ready(), 'SIGKILL');
    const { output, ended } = spawnStart({ DATA_DIR: dataDir }, 'reset.ts', ['--help']);
    expect(await ended).toBe(1);
    expect(output.text).toContain('takes no arguments, and was given --help');
    expect(existsSync(path.join(dataDir, 'kafka'))).toBe(true);
  });

  it('npm run reset empties the data folder, even with an unreadable format', async () => {
    await stopped(await ready(), 'SIGKILL');
    writeFileSync(path.join(dataDir, 'format.json'), 'nonsense');
    expect(await reset()).toEqual({ code: 0, text: `${dataDir} is empty.\n` });
    expect(existsSync(path.join(dataDir, 'kafka'))).toBe(false);
    await ready();
  });

  it('npm run reset refuses a folder that is not of Lagerhaus', async () => {
    writeFileSync(path.join(folder, 'diary.txt'), 'dear diary');
    expect(await reset(folder)).toEqual({ code: 1, text: expect.stringContaining('stays as it is') });
    expect(existsSync(path.join(folder, 'diary.txt'))).toBe(true);
  });
});

function start(env: Readonly<Record<string, string>> = {}): SpawnedStart {
  const started = spawnStart({ DATA_DIR: dataDir, ...tinyApp, ...env });
  starts.push(started);
  return started;
}

async function ready(env: Readonly<Record<string, string>> = {}) {
  const started = start(env);
  const [, url = ''] = await started.output.matching(/^ready (\S+)$/m);
  return { ...started, url, stack: readStackFile(dataDir) };
}

async function stopped({ child, ended }: SpawnedStart, signal: NodeJS.Signals) {
  child.kill(signal);
  return ended;
}

/** The API, the broker and the Cosmos server: none of them listens any more. */
async function expectNothingLeft({ url, stack }: Awaited<ReturnType<typeof ready>>) {
  for (const address of [url, `http://${stack.kafka.brokers}`, stack.cosmos.endpoint]) {
    await eventually(() => expect(fetch(address)).rejects.toThrow('fetch failed'));
  }
}

async function refusal(env: Readonly<Record<string, string>>) {
  const { output, ended } = start(env);
  expect(await ended).toBe(1);
  expect(output.text).not.toMatch(/^ {4}at /m);
  return output.text.trimEnd().split('\n');
}

async function expectRefusal(env: Readonly<Record<string, string>>, line: string | RegExp) {
  const said = (await refusal(env)).join('\n');
  if (typeof line === 'string') expect(said).toContain(line);
  else expect(said).toMatch(line);
}

async function reset(of = dataDir) {
  const { output, ended } = spawnStart({ DATA_DIR: of }, 'reset.ts');
  return { code: await ended, text: output.text };
}
