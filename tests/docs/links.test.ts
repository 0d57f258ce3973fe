import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const documents = globSync(['*.md', '{docs,infra,.github}/**/*.md'], { cwd: root });

/** The headings of a document, as links name them. */
function anchorsIn(markdown: string): ReadonlySet<string> {
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** The links of a document that lead nowhere. */
function brokenLinks(document: string, markdown: string): readonly string[] {
  const links = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path.join(root, document) : path.resolve(root, path.dirname(document), file);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsIn(readFileSync(target, 'utf8')).has(anchor);
  });
}

describe('the links of the documents', () => {
  it.each(documents)('every link of %s leads somewhere', (document) => {
    expect(brokenLinks(document, readFileSync(path.join(root, document), 'utf8'))).toEqual([]);
  });

  it('a link to a missing file or heading is reported as broken', () => {
    const markdown =
      '# Here & there\n[a](#here--there) [b](#away) [c](gone.md) [d](README.md#gone) [e](https://x.org/y)';
    expect(brokenLinks('README.md', markdown)).toEqual(['#here--there', '#away', 'gone.md', 'README.md#gone']);
  });
});
