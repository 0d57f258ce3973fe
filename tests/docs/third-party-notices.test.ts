import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const LockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string(), dev: z.boolean().default(false), optional: z.boolean().default(false) }),
  ),
});

/** Optional ones are the same program for each platform; argon2's are named with their package, Node is not in a bundle. */
const { packages } = LockFile.parse(JSON.parse(read('package-lock.json')));
const ofProduction = Object.entries(packages)
  .filter(([place, { dev, optional }]) => place !== '' && !dev && !optional)
  .map(([place, { version }]) => `${place.split('node_modules/').at(-1)}@${version}`);

const notices = read('THIRD-PARTY-NOTICES.txt');
const named = [...notices.matchAll(/^ - (\S+@\S+)$/gm)].map(([, name = '']) => name);

describe('THIRD-PARTY-NOTICES.txt', () => {
  it('THIRD-PARTY-NOTICES.txt names each package of production, and no other: else run npm run notices', () => {
    expect(named.toSorted()).toEqual([...new Set(ofProduction)].toSorted());
  });

  it('THIRD-PARTY-NOTICES.txt has what a package tells in a NOTICE file besides its licence', () => {
    expect(notices).toContain(read('node_modules/swagger-ui-dist/NOTICE').trim());
  });

  it('THIRD-PARTY-NOTICES.txt has a licence for a package that names one in its README alone', () => {
    const [, semaphore = ''] = notices.split(' - semaphore@');
    expect(semaphore.split('-----------')[0]).toContain('Permission is hereby granted');
  });
});
