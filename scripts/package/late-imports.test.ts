import { globSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { externals } from './externals.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The packages that are loaded only when they are needed, and who loads each. */
function lateImports(): readonly (readonly [file: string, name: string])[] {
  return globSync('{functions,shared}/**/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/\bimport\('([^.'][^']*)'\)/g)].map(
      ([, name = '']) => [file, name] as const,
    ),
  );
}

function isModule(file: string): boolean {
  const of = findPackageJSON(`file://${file}`);
  return file.endsWith('.mjs') || (of !== undefined && JSON.parse(readFileSync(of, 'utf8')).type === 'module');
}

it('a package that is loaded only when it is needed is an ES module: of one in CommonJS the bundle would not know the names', () => {
  const late = lateImports();
  expect(late.map(([, name]) => name)).toContain('nodemailer');
  const names: readonly string[] = externals;
  const inCommonJs = late.filter(
    ([, name]) => !names.includes(name) && !isModule(fileURLToPath(import.meta.resolve(name))),
  );
  expect(inCommonJs, 'export what is needed of it by name, from a module of its own, and load that').toEqual([]);
});
