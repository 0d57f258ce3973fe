import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const index = read('docs/README.md');

/** Whatever somebody may look for in docs/. The links to it are held by links.test.ts. */
const pages = globSync('**/*.{md,json,yaml}', { cwd: path.join(root, 'docs') }).filter((page) => page !== 'README.md');

/** The pages that an index does not lead to. */
function missingFrom(text: string, wanted: readonly string[]): readonly string[] {
  return wanted.filter((page) => !text.includes(`](${page})`));
}

describe('the index of docs/', () => {
  it('the index of docs/ links to every page and every decision', () => {
    expect(missingFrom(index, pages), 'add a line to docs/README.md; npm run docs adds decisions').toEqual([]);
  });

  it('the index of docs/ does not cover a page that it names without a link', () => {
    expect(missingFrom('http.md, [a page](a.md)', ['http.md', 'a.md'])).toEqual(['http.md']);
  });

  it.each(['README.md', 'docs/architecture.md'])('the index of docs/ is linked from %s', (file) => {
    const link = path.posix.relative(path.posix.dirname(file), 'docs/README.md');
    expect(read(file)).toContain(`](${link}`);
  });
});
