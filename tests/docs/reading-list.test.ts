import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const page = read('docs/architecture.md');
const [, section = ''] = /^## The kernel in an hour$([\s\S]*?)^## /m.exec(page) ?? [];
const files = [...section.matchAll(/^\| \d+ \| \[`[^`]+`\]\(\.\.\/([^)]+)\)/gm)].map(([, file = '']) => file);

describe('the reading list of the kernel', () => {
  it('the reading list of the kernel names ten to fifteen files, each once', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
    expect(files.length).toBeLessThanOrEqual(15);
    expect(new Set(files).size).toBe(files.length);
  });

  it('the reading list of the kernel has at most 2,000 lines, which is an hour of reading', () => {
    const lines = files.map((file) => read(file).split('\n').length - 1);
    expect(lines.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2_000);
  });
});

it('the algorithm of a commit is told in at most thirty lines', () => {
  const [, steps = ''] = /^(1\. [\s\S]*)/m.exec(read('docs/commit.md')) ?? [];
  const lines = steps.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.length).toBeLessThanOrEqual(30);
});
