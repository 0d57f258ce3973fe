import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
const [, section = ''] = /^## The kernel in an hour$([\s\S]*?)^## /m.exec(page) ?? [];
const files = [...section.matchAll(/^\| \d+ \| \[`[^`]+`\]\(\.\.\/([^)]+)\)/gm)].map(([, file = '']) => file);

describe('the reading list of the kernel', () => {
  it('the reading list of the kernel names ten to fifteen files, each once', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
    expect(files.length).toBeLessThanOrEqual(15);
    expect(new Set(files).size).toBe(files.length);
  });

  it('the reading list of the kernel has at most 2,000 lines, which is an hour of reading', () => {
    const lines = files.map((file) => readFileSync(path.join(root, file), 'utf8').split('\n').length - 1);
    expect(lines.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2_000);
  });
});
