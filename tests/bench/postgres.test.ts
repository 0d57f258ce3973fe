import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { postgresPrograms } from '../../bench/peers/postgres.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'lagerhaus-programs-'));
afterAll(() => rmSync(folder, { recursive: true }));

function withPrograms(name: string, programs = ['initdb', 'postgres', 'pg_isready']): string {
  const bin = path.join(folder, name);
  mkdirSync(bin, { recursive: true });
  for (const program of programs) writeFileSync(path.join(bin, program), '');
  return bin;
}

const debian = path.join(folder, 'debian');
const nowhere = path.join(folder, 'nowhere');

describe('the PostgreSQL of the bench', () => {
  it('the bench takes the newest PostgreSQL of Debian that is whole, before one on the path', () => {
    const [, newest] = [withPrograms('debian/9/bin'), withPrograms('debian/15/bin')];
    withPrograms('debian/16/bin', ['pg_isready']); // of the package with the client alone
    expect(postgresPrograms(debian, withPrograms('local'))).toBe(newest);
  });
  it('the bench takes the PostgreSQL on the path where Debian has none', () => {
    const local = withPrograms('local');
    expect(postgresPrograms(nowhere, [nowhere, local].join(path.delimiter))).toBe(local);
  });
  it('the bench finds no PostgreSQL where there is none', () => {
    expect(postgresPrograms(nowhere, nowhere)).toBeUndefined();
    expect(postgresPrograms(nowhere, '')).toBeUndefined();
  });
});
