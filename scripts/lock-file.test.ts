import { expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import lockFile from '../package-lock.json' with { type: 'json' };

it('package-lock.json locks what package.json asks for', () => {
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
