import { describe, expect, it } from 'vitest';
import { closureOf, LockFile } from './lock-file.ts';

const lock = LockFile.parse({
  name: 'all',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { dependencies: { a: '1.0.0', z: '9.0.0' } },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a', dependencies: { b: '^2' } },
    'node_modules/b': { version: '2.1.0', optionalDependencies: { c: '3.0.0' }, dependencies: { a: '*' } },
    'node_modules/c': { version: '3.0.0', optional: true, os: ['linux'] },
    'node_modules/z': { version: '9.0.0' },
  },
});

describe('the part of a lock file that some dependencies need', () => {
  it('the part of a lock file has the dependencies that are named and all that they need in turn, as locked, and nothing else', () => {
    const { packages } = closureOf(lock, { name: 'app', version: '0.1.0', dependencies: { a: '1.0.0' } });
    expect(packages).toEqual({
      '': { name: 'app', version: '0.1.0', dependencies: { a: '1.0.0' } },
      'node_modules/a': lock.packages['node_modules/a'],
      'node_modules/b': lock.packages['node_modules/b'],
      'node_modules/c': lock.packages['node_modules/c'],
    });
  });

  it('the part of a lock file is refused for a dependency that is not locked', () => {
    const manifest = { name: 'app', version: '0.1.0', dependencies: { y: '1.0.0' } };
    expect(() => closureOf(lock, manifest)).toThrow('package-lock.json does not have node_modules/y: run npm install');
  });
});
