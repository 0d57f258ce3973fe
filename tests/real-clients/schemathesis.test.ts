import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startStack } from '../rigs/stack/start-stack.ts';
import { printed, withPython } from './python.ts';

const config = path.join(import.meta.dirname, 'schemathesis.toml');

const Report = z.object({
  complete: z.boolean(),
  operations: z.object({ total: z.int(), tested: z.int() }),
  test_cases: z.object({ generated: z.int() }),
  failures: z.array(z.unknown()),
  errors: z.array(z.unknown()),
});

describe.skipIf(withPython.isMissing)(`the API under Schemathesis${withPython.note}`, () => {
  it('no request that Schemathesis makes up from /openapi.json is answered by a 5xx, or outside of the description', async () => {
    const stack = await startStack({ demo: true });
    onTestFinished(() => stack.stop());
    const folder = mkdtempSync(path.join(tmpdir(), 'schemathesis-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const reportFile = path.join(folder, 'report.json');
    const said = await printed('schemathesis_run', [
      '--no-color',
      `--config-file=${config}`,
      'run',
      `${stack.url}/openapi.json`,
      '--header',
      `Authorization: Bearer ${await stack.token('admin')}`,
      '--report=json',
      `--report-json-path=${reportFile}`,
    ]).catch(saidBefore);
    const report = Report.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
    expect([report.failures, report.errors], said).toEqual([[], []]);
    expect(report.complete).toBe(true);
    expect(report.operations.tested).toBe(report.operations.total);
    expect(report.test_cases.generated).toBeGreaterThan(1_000);
  }, 300_000);
});

/** It ends with an error where it has found something: what, is in its words. */
function saidBefore(error: unknown): string {
  if (error instanceof Error && 'stdout' in error) return String(error.stdout);
  throw error;
}
