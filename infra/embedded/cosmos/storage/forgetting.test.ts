import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startForgetting } from './forgetting.ts';
import { openSqlite } from './sqlite.ts';

const secret = 'somebody who was erased';

it('what has moved between pages of the file and was replaced since is in it no longer, once nobody writes', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'forgetting-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'cosmos.sqlite');
  const sqlite = openSqlite(file);
  onTestFinished(() => sqlite.close());
  const isOnDisk = () => readFileSync(file).includes(secret);

  sqlite.define('CREATE TABLE notes (id TEXT PRIMARY KEY, note TEXT) WITHOUT ROWID');
  // Lengths without order, the same in each run: pages fill and are divided as they come.
  let last = 1;
  const uneven = () => {
    last = (last * 48_271) % 2_147_483_647;
    return 1 + (last % 90);
  };
  for (const text of [secret, 'nobody'])
    for (let id = 0; id < 2_000; id += 1)
      sqlite.run('INSERT OR REPLACE INTO notes VALUES (?, ?)', `${id % 17}/${id}`, text.repeat(uneven()));
  sqlite.emptyLog();
  expect(isOnDisk()).toBe(true);

  onTestFinished(startForgetting(sqlite));
  await expect.poll(isOnDisk, { timeout: 20_000 }).toBe(false);
  expect(sqlite.statement('SELECT count(*) FROM notes').get()).toEqual([2_000]);
});
