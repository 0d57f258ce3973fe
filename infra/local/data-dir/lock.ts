import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotStartError } from '../cannot-start-error.ts';

/** Files of the lock, which say nothing about whether a folder is in use or ours. */
export const lockFiles = ['lock', 'lock.pid', 'lock-journal'];

/** SQLite's result codes (https://www.sqlite.org/rescode.html). */
const busy = 5;

/**
 * Holds a folder for this process. The lock is the operating system's, taken through SQLite, so it ends with the
 * process however that dies, and a pid that was given out again (as containers do) is never taken for its owner.
 *
 * @throws CannotStartError naming the process that holds it.
 */
export function lockFolder(folder: string): { release(): void } {
  const database = new DatabaseSync(path.join(folder, 'lock'));
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw new CannotStartError(reason(folder, error));
  }
  const owner = path.join(folder, 'lock.pid');
  writeFileSync(owner, `${process.pid}\n`);
  return {
    release() {
      rmSync(owner, { force: true });
      database.close();
    },
  };
}

function reason(folder: string, error: unknown): string {
  const isBusy = error instanceof Error && 'errcode' in error && error.errcode === busy;
  if (!isBusy) return `${path.join(folder, 'lock')} is damaged: delete that file and start again.`;
  const pid = ownerOf(folder);
  const who = pid === undefined ? 'another process' : `pid ${pid}`;
  return `${folder} is in use (${who}). Stop it${pid === undefined ? '' : ` (kill ${pid})`}, or choose another: DATA_DIR=.local-2 npm start`;
}

function ownerOf(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(path.join(folder, 'lock.pid'), 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined; // the owner has not written it yet; the message does without
  }
}
