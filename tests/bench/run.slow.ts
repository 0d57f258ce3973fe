import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { figuresOn } from '../../bench/figures.ts';
import { inParallel } from '../../shared/async/in-parallel.ts';

const run = path.resolve(import.meta.dirname, '../../bench/run.ts');
const execute = promisify(execFile);
const bench = (args: readonly string[], env: Readonly<Record<string, string>> = {}, timeout = 0) =>
  execute(process.execPath, [run, ...args], { env: { ...process.env, ...env }, timeout });

/** What needs a fetched package or another's server is measured by hand. */
const onAnyMachine = figuresOn.embedded.filter(({ prepare }) => prepare === undefined);

/** So many figures are measured side by side: most of the time of one is waiting for the store and the bus to be still. */
const atOnce = 3;
/** As long as a test may take. */
const longestMs = 180_000;

/** A ratio of so short a window says nothing, so only that there is one is looked at. */
describe('the figures of the bench', () => {
  const outcomes = new Map<string, ReturnType<typeof bench>>();

  beforeAll(async () => {
    await inParallel(onAnyMachine, atOnce, async ({ key }) => {
      const outcome = bench(['--only', key, '--seconds', '0.3', '--json'], {}, longestMs);
      outcomes.set(key, outcome);
      // The test of a figure that failed says why.
      await outcome.catch(() => undefined);
    });
  }, onAnyMachine.length * longestMs);

  it.each(onAnyMachine)('the bench measures figure ($key) to its end: $title', async ({ key }) => {
    const outcome = await outcomes.get(key);
    const { rows, failed } = JSON.parse(outcome?.stdout ?? '');
    expect(failed).toEqual([]);
    expect(rows).toContainEqual(expect.objectContaining({ figure: key, target: expect.anything() }));
    for (const { what, value } of rows) expect(Number.isFinite(value), `${what} is ${value}`).toBe(true);
  });
});

const measured = { value: expect.any(Number), noise: expect.any(Number) };

it('the bench prints a figure as JSON with the machine it was measured on', async () => {
  const { stdout } = await bench(['--only', 'b', '--seconds', '0.1', '--json']);
  const { machine, windowSeconds, rows, failed } = JSON.parse(stdout);
  expect(machine).toMatchObject({ node: process.version, cores: expect.any(Number) });
  expect(windowSeconds).toBe(0.1);
  expect(rows).toEqual([
    {
      figure: 'b',
      what: 'endpoint / bare function',
      ...measured,
      unit: 'ratio',
      target: { bound: 'at least', value: 0.7 },
    },
    { figure: 'b', what: 'CPU of the bare function / of ours', ...measured, unit: 'ratio' },
    { figure: 'b', what: 'endpoint', ...measured, unit: 'per second' },
    { figure: 'b', what: 'bare function', ...measured, unit: 'per second' },
  ]);
  for (const { value } of rows) expect(value).toBeGreaterThan(0);
  expect(failed).toEqual([]);
});

it('a failed figure is reported with the reason, the others keep their results, and the bench exits with 1', async () => {
  // No stack starts with such a setting. Figure (h) needs one, (b) does not.
  const failure = await bench(['--only', 'b,h', '--seconds', '0.1'], { SWEEP_SCHEDULE: 'never' }).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^b {2}endpoint \/ bare function [\s\S]*^h {2}failed: the process ended/m),
    stderr: expect.stringContaining('(h) failed: Error: the process ended'),
  });
});

it('the bench prints nothing but JSON on stdout with --json, whatever else writes there', async () => {
  const chatter = `data:text/javascript,setTimeout(() => console.log('chatter'), 200)`;
  const bench = execute(process.execPath, ['--import', chatter, run, '--only', 'b', '--seconds', '0.1', '--json']);
  const { stdout, stderr } = await bench;
  expect(JSON.parse(stdout)).toMatchObject({ failed: [] });
  expect(stderr).toContain('chatter');
});

it('the bench prints its usage on stdout with --help, and measures nothing', async () => {
  const { stdout, stderr } = await bench(['--help']);
  expect(stdout).toMatch(/^Usage: npm run bench[\s\S]*h {2}a product that is read/);
  expect(stderr).toBe('');
});

it('a wrong argument ends the bench before it measures, with the usage and nothing on stdout', async () => {
  const failure = await bench(['--only', 'z']).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('There is no figure "z"') });
  expect(failure).toMatchObject({ stderr: expect.not.stringContaining('    at ') });
});
