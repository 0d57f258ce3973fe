import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDataDir } from './open.ts';

it.each([
  ['is made', undefined],
  ['was open to others before', 0o755],
])("a data folder that %s is its owner's alone", (_, mode) => {
  const parent = mkdtempSync(path.join(tmpdir(), 'lagerhaus-data-dir-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = path.join(parent, 'data');
  if (mode !== undefined) {
    mkdirSync(folder);
    chmodSync(folder, mode);
  }
  openDataDir(folder).release();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});
