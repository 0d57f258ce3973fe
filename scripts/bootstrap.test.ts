import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let root: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  for (const part of ['bootstrap.mjs', 'bootstrap']) {
    cpSync(join(import.meta.dirname, part), join(root, 'scripts', part), { recursive: true });
  }
  write('package.json', '{"type":"module"}');
  write('package-lock.json', '{"packages":{"":{},"node_modules/a":{}}}');
  write('patches/a+1.0.0.patch', 'first');
  write('report.mjs', reportScript);
  write('npm-bin/npm', fakeNpm, 0o755);
});

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

describe('the bootstrap', () => {
  it('the bootstrap installs and patches packages and runs the command on the pinned Node', async () => {
    const { code, stdout } = await bootstrap(['node', 'report.mjs', 'one', 'two']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ pinned: true, args: ['one', 'two'], patched: true });
  });

  it('the bootstrap installs nothing the second time', async () => {
    await bootstrap(['node', 'report.mjs']);
    const second = await bootstrap(['node', 'report.mjs']);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(installations()).toBe(1);
  });

  it.each([
    ['the lock file', 'package-lock.json', '{"packages":{}}'],
    ['a patch', 'patches/a+1.0.0.patch', 'second'],
  ])('the bootstrap installs again when %s has changed', async (_, file, text) => {
    await bootstrap(['node', 'report.mjs']);
    write(file, text);
    expect((await bootstrap(['node', 'report.mjs'])).code).toBe(0);
    expect(installations()).toBe(2);
  });

  it('the bootstrap installs again after an installation that was interrupted', async () => {
    await bootstrap(['node', 'report.mjs'], { NPM_FAILS: 'killed' });
    expect((await bootstrap(['node', 'report.mjs'])).code).toBe(0);
    expect(installations()).toBe(2);
  });

  it('the bootstrap waits for another one that is installing, and uses its packages', async () => {
    const starts = [1, 2].map(() => start(['node', 'report.mjs'], { NPM_WAITS: '1' }));
    await Promise.race(starts.map(({ child }) => heard(child, 'Another start is installing')));
    write('npm-may-go-on', '');
    const both = await Promise.all(starts.map(({ ended }) => ended));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(installations()).toBe(1);
  });

  it('the bootstrap imports the script without a second process if the pinned Node is running already', async () => {
    write('pid.mjs', 'console.log(JSON.stringify({ pid: process.pid, args: process.argv.slice(2) }))');
    const { child, ended } = start(['node', 'pid.mjs', 'x'], { NPM_PINS: 'the-running-one' });
    expect(JSON.parse((await ended).stdout)).toEqual({ pid: child.pid, args: ['x'] });
  });

  it('the bootstrap uses the running Node if npm has no pinned one for the platform and it is new enough', async () => {
    const { code, stdout } = await bootstrap(['node', 'report.mjs'], { NPM_PINS: 'none' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pinned: false });
  });
});

describe('a failed bootstrap', () => {
  it.each([
    [
      'no network',
      { NPM_FAILS: 'npm error code ENOTFOUND' },
      [],
      /registry cannot be reached: check the network.*npm-install\.log$/,
    ],
    ['a registry that refuses', { NPM_FAILS: 'npm error code E401' }, [], /refuses access.*npm-install\.log$/],
    ['any other failure of npm', { NPM_FAILS: 'npm error odd' }, [], /npm ci failed.*npm-install\.log$/],
    ['no npm', { PATH: '/nowhere' }, [], /^npm is not on the PATH: install/],
    ['a Node that is too old', {}, pretend('18.20.0'), /^Node 18\.20\.0 is too old: install Node 20 or newer/],
    [
      'no pinned Node and an older one',
      { NPM_PINS: 'none' },
      pretend('20.9.0'),
      /^npm has no Node 24 for .* install Node 24/,
    ],
    ['a patch that does not fit', { PATCH_FAILS: '1' }, [], /does not fit the installed package/],
  ])('a bootstrap that fails because of %s prints one line that says what to do', async (_, env, nodeOptions, line) => {
    const { code, stderr } = await bootstrap(['node', 'report.mjs'], env, nodeOptions);
    expect(code).toBe(1);
    const words = stderr.split('\n').filter((each) => each !== '' && !each.startsWith('Installing packages'));
    expect(words.at(-1)).toMatch(line);
    expect(words.join('\n')).not.toMatch(/^ {4}at /m);
  });

  it('a bootstrap that fails keeps the output of npm in the log', async () => {
    await bootstrap(['node', 'report.mjs'], { NPM_FAILS: 'npm error code ENOTFOUND' });
    expect(readFileSync(join(root, 'npm-install.log'), 'utf8')).toContain('npm error code ENOTFOUND');
  });
});

describe('the command that the bootstrap runs', () => {
  it('the exit code of the command becomes that of the bootstrap', async () => {
    write('fail.mjs', 'process.exit(7)');
    expect((await bootstrap(['node', 'fail.mjs'])).code).toBe(7);
  });

  it.each([
    'SIGTERM',
    'SIGINT',
  ] as const)('a %s to the bootstrap reaches the command, which stops in its own way', async (signal) => {
    const { child, ended } = start(['node', 'stay.mjs']);
    await vi.waitFor(() => expect(existsSync(join(root, 'pid'))).toBe(true), { timeout: 10_000 });
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 3, stdout: expect.stringContaining(`got ${signal}`) });
  });

  it('the command is told to stop if the parent of the bootstrap is killed', async () => {
    write('parent.mjs', parentScript);
    const parent = spawn(process.execPath, ['parent.mjs'], { cwd: root, env: environment({}), stdio: 'ignore' });
    started.push(parent);
    await vi.waitFor(() => expect(existsSync(join(root, 'pid'))).toBe(true), { timeout: 10_000 });
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(existsSync(join(root, 'stopped'))).toBe(true), { timeout: 10_000 });
  });

  beforeEach(() => write('stay.mjs', stayScript));
});

function write(path: string, text: string, mode = 0o644) {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text, { mode });
}

function environment(env: Record<string, string>) {
  return { PATH: `${join(root, 'npm-bin')}:/usr/bin:/bin`, TMPDIR: root, REAL_NODE: process.execPath, ...env };
}

function start(command: readonly string[], env: Record<string, string> = {}, nodeOptions: readonly string[] = []) {
  const args = [...nodeOptions, 'scripts/bootstrap.mjs', ...command];
  const child = spawn(process.execPath, args, { cwd: root, env: environment(env) });
  started.push(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    said.stdout += data;
  });
  child.stderr.on('data', (data) => {
    said.stderr += data;
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, ...said }));
  });
  return { child, ended };
}

function heard({ stderr }: ChildProcess, words: string) {
  return new Promise<void>((resolve) => stderr?.on('data', (data) => String(data).includes(words) && resolve()));
}

const bootstrap = (...args: Parameters<typeof start>) => start(...args).ended;
const installations = () => readFileSync(join(root, 'npm-calls'), 'utf8').split('\n').length - 1;

/** Makes a Node believe that it is another version, before it runs the bootstrap. */
function pretend(version: string) {
  const code = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
}

const reportScript = `
import { existsSync } from 'node:fs';
const patched = existsSync('node_modules/patched');
console.log(JSON.stringify({ pinned: process.env.PINNED === '1', args: process.argv.slice(2), patched }));
`;

const stayScript = `
import { writeFileSync } from 'node:fs';
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {
  console.log('got ' + signal);
  writeFileSync('stopped', '');
  process.exit(3);
});
setInterval(() => undefined, 1000);
writeFileSync('pid', String(process.pid));
`;

const parentScript = `
import { spawn } from 'node:child_process';
spawn(process.execPath, ['scripts/bootstrap.mjs', 'node', 'stay.mjs'], { stdio: 'ignore' });
`;

/** Does to a folder what npm ci does: empties node_modules and fills it, here with a pinned Node and patch-package. */
const fakeNpm = `#!/bin/sh
echo "$@" >> npm-calls
while [ -n "$NPM_WAITS" ] && [ ! -e npm-may-go-on ]; do sleep 0.05; done
rm -rf node_modules; mkdir -p node_modules/.bin node_modules/patch-package
if [ -n "$NPM_FAILS" ]; then echo "$NPM_FAILS" >&2; exit 1; fi
case "$NPM_PINS" in
  none) ;;
  the-running-one) ln -s "$REAL_NODE" node_modules/.bin/node ;;
  *) printf '#!/bin/sh\\nPINNED=1 exec "$REAL_NODE" "$@"\\n' > node_modules/.bin/node; chmod +x node_modules/.bin/node ;;
esac
echo 'if (process.env.PATCH_FAILS) process.exit(1); require("fs").writeFileSync("node_modules/patched", "")' > node_modules/patch-package/index.cjs
echo 'import "./index.cjs"' > node_modules/patch-package/index.js
`;
