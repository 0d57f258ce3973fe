import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import lockFile from '../package-lock.json' with { type: 'json' };

it('package-lock.json matches package.json', () => {
  const { name, version, license, engines, dependencies, devDependencies, optionalDependencies } = packageJson;
  expect(lockFile.packages[''], 'package-lock.json is out of date: run npm install and commit it').toEqual({
    name,
    version,
    license,
    engines,
    dependencies,
    devDependencies,
    optionalDependencies,
  });
});

it('.nvmrc names the Node version that package.json pins', () => {
  const majors = Object.values(packageJson.optionalDependencies).map((version) => version.split('.')[0]);
  expect(new Set(majors)).toEqual(
    new Set([readFileSync(path.resolve(import.meta.dirname, '../.nvmrc'), 'utf8').trim()]),
  );
});
