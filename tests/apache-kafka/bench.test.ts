import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { figuresOn } from '../../bench/figures.ts';

const run = path.resolve(import.meta.dirname, '../../bench/run.ts');

it.each(figuresOn.apache)('the bench measures figure ($key) on Apache Kafka: $title', async ({ key }) => {
  const bench = [run, '--kafka', 'apache', '--only', key, '--seconds', '0.3', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, bench);
  const { rows, failed } = JSON.parse(stdout);
  expect(failed).toEqual([]);
  for (const { what, value } of rows) expect(value, what).toBeGreaterThan(0);
});
