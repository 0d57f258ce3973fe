import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = path.resolve(import.meta.dirname, '../../bench/run.ts');
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [run, ...args]);

it('a figure is measured and printed as JSON, with the machine that it comes from', async () => {
  const { stdout } = await bench('--only', 'b', '--seconds', '0.1', '--json');
  const { machine, windowSeconds, rows } = JSON.parse(stdout);
  expect(machine).toMatchObject({ node: process.version, cores: expect.any(Number) });
  expect(windowSeconds).toBe(0.1);
  expect(rows).toEqual([
    {
      figure: 'b',
      what: 'endpoint / bare function',
      value: expect.any(Number),
      unit: 'ratio',
      target: { bound: 'at least', value: 0.7 },
    },
    { figure: 'b', what: 'endpoint', value: expect.any(Number), unit: 'per second' },
    { figure: 'b', what: 'bare function', value: expect.any(Number), unit: 'per second' },
  ]);
  for (const { value } of rows) expect(value).toBeGreaterThan(0);
});

it('a wrong argument ends the bench before it measures, with the usage and nothing on stdout', async () => {
  const failure = await bench('--only', 'z').catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('There is no figure "z"') });
  expect(failure).toMatchObject({ stderr: expect.not.stringContaining('    at ') });
});
