import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startForgetting } from './forgetting.ts';
import { openSqlite } from './sqlite.ts';

const secret = 'somebody who was erased';

function openFile() {
  const folder = mkdtempSync(path.join(tmpdir(), 'forgetting-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'cosmos.sqlite');
  const sqlite = openSqlite(file);
  onTestFinished(() => sqlite.close());
  return { sqlite, file };
}

it('what has moved between pages of the file and was replaced since is in it no longer, once nobody writes', async () => {
  const { sqlite, file } = openFile();
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

it('the log begins anew while much is written, and is empty once nobody writes', async () => {
  const { sqlite, file } = openFile();
  const logBytes = () => statSync(`${file}-wal`).size;
  sqlite.define('CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT)');
  onTestFinished(startForgetting(sqlite, { pauseMs: 20, largeLogPages: 500 }));

  const note = 'n'.repeat(3_500);
  const enough = 10_000;
  let notes = 0;
  let [longest, notesAtLongest] = [0, 0];
  while (notes - notesAtLongest < enough) {
    for (let more = 0; more < 20; more += 1) sqlite.run('INSERT INTO notes (note) VALUES (?)', note);
    notes += 20;
    if (logBytes() > longest) [longest, notesAtLongest] = [logBytes(), notes];
    await nextTurn();
  }

  // Left to itself, SQLite would do so at 256 MB.
  expect(longest).toBeLessThan(200_000_000);
  await expect.poll(logBytes, { timeout: 20_000 }).toBe(0);
  expect(sqlite.statement('SELECT count(*) FROM notes').get()).toEqual([notes]);
});
