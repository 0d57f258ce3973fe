import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const changelog = readFileSync(path.resolve(import.meta.dirname, '../../CHANGELOG.md'), 'utf8');

it('the changelog begins with Unreleased and has an entry with a date for the version of the package', () => {
  const [first, second] = changelog.match(/^## .*$/gm) ?? [];
  expect(first).toBe('## [Unreleased]');
  expect(second, `give ${packageJson.version} a section in CHANGELOG.md`).toMatch(
    /^## \[[^\]]+\] - \d{4}-\d{2}-\d{2}$/,
  );
  expect(second).toContain(`[${packageJson.version}]`);
});
