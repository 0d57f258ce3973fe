import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { zipOf } from '../../scripts/package/zip.ts';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');
const mostBytes = 8 * 2 ** 20;

/** The suite has made it (tests/rigs/stack/package-app.ts). */
describe('the package', () => {
  let zip: Buffer;
  let files: Readonly<Record<string, Uint8Array>>;
  beforeAll(() => {
    zip = readFileSync(path.join(root, 'dist.zip'));
    files = unzipSync(zip);
  });

  it('the package is below 8 MiB', () => {
    expect(zip.byteLength).toBeLessThan(mostBytes);
  });

  it('the package is the same zip when it is made of the same files again', () => {
    expect(Buffer.from(zipOf(dist)).equals(zip)).toBe(true);
  });

  it('the package has what the host loads, its settings, what is served or native beside them, the notices of its packages, and nothing else', () => {
    const top = new Set(Object.keys(files).map((file) => file.split('/')[0]));
    expect([...top].sort()).toEqual([
      '.funcignore',
      '.npmrc',
      'THIRD-PARTY-NOTICES.txt',
      'app.mjs',
      'app.mjs.map',
      'chunks',
      'host.json',
      'node_modules',
      'package-lock.json',
      'package.json',
      'scripts',
    ]);
    expect(strFromU8(files['host.json'] ?? new Uint8Array())).toBe(readFileSync(path.join(root, 'host.json'), 'utf8'));
  });

  it('the package tells azd that its packages go along as they are, and npm for which machine they are', () => {
    expect(strFromU8(files['.funcignore'] ?? new Uint8Array())).not.toContain('node_modules');
    expect(strFromU8(files['.npmrc'] ?? new Uint8Array())).toContain('os=linux\ncpu=x64\nlibc=glibc\n');
  });

  it('the package has the binary of argon2 for Linux on x64, whatever machine it was made on', () => {
    const binaries = Object.keys(files).filter((file) => file.endsWith('.node'));
    expect(binaries).toEqual(['node_modules/@node-rs/argon2-linux-x64-gnu/argon2.linux-x64-gnu.node']);
  });

  it('the package has a source map for each of its bundles, so that a stack names lines of the sources', () => {
    const map: { sources: string[] } = JSON.parse(strFromU8(files['app.mjs.map'] ?? new Uint8Array()));
    expect(map.sources).toContain('../functions/app.ts');
    const chunks = readdirSync(path.join(dist, 'chunks'));
    expect(chunks.filter((file) => !file.endsWith('.map')).map((file) => `${file}.map`)).toEqual(
      chunks.filter((file) => file.endsWith('.map')),
    );
  });
});
