import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { figuresOn } from '../../bench/figures.ts';
import { readKept } from '../../scripts/performance/kept-files.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/performance.md'), 'utf8');
const keys = figuresOn.embedded.map(({ key }) => key);

describe('docs/performance.md', () => {
  it.each(figuresOn.embedded)('docs/performance.md says how figure ($key) is measured: $title', ({ key }) => {
    expect(page, `give (${key}) a row under "How each is measured"`).toMatch(
      new RegExp(`^\\| \\[${key}\\]\\(\\.\\./bench/`, 'm'),
    );
  });

  it('docs/performance.md shows no figure that the bench has no more', () => {
    const kept = Object.keys({ ...readKept('now').embedded, ...readKept('before').embedded });
    expect(kept.filter((key) => !keys.includes(key))).toEqual([]);
  });
});
