import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutants } from './mutants.ts';

const root = path.resolve(import.meta.dirname, '../..');
const parts = ['functions', 'shared', 'infra', 'scripts', 'tests', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
let copy = '';

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'lagerhaus-mutants-'));
  for (const part of parts) cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs tests in the copy (files, and options of Vitest) up to the first that fails; answers with what they print and whether they passed. */
function run(...args: readonly string[]): Promise<{ readonly passed: boolean; readonly output: string }> {
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [vitest, 'run', '--project', 'unit', '--project', 'kernel', '--bail', '1', ...args],
      { cwd: copy },
      (error, stdout, stderr) => {
        resolve({ passed: error === null, output: `${stdout}${stderr}` });
      },
    );
  });
}

it('the tests pass without a mutant', async () => {
  const { passed, output } = await run(...new Set(mutants.map(({ caughtBy }) => caughtBy)));
  expect(passed, output).toBe(true);
});

describe('mutants of the kernel', () => {
  it.each(mutants)('a test fails if $name', async ({ file, line, becomes, caughtBy }) => {
    const target = path.join(copy, file);
    const source = readFileSync(target, 'utf8');
    expect(source.split(line), `${file} must have this once: ${line}`).toHaveLength(2);
    writeFileSync(
      target,
      source.replace(line, () => becomes),
    );
    try {
      // Some mutants never answer: that is noticed within half of the time that a test may take.
      const { passed, output } = await run(caughtBy, '--testTimeout=15000');
      expect(passed, `nothing noticed:\n${output}`).toBe(false);
      expect(output, 'a broken line must fail a test, not the loading of it').toMatch(/Tests\s+.*\d+ failed/);
    } finally {
      writeFileSync(target, source);
    }
  });
});
