import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CannotStartError } from '../cannot-start-error.ts';
import { isForeign } from './format.ts';
import { lockFiles, lockFolder } from './lock.ts';

/**
 * Deletes everything in the folder but the lock, which another may be about to take.
 *
 * @throws CannotStartError when it is someone else's folder or in use.
 */
export function emptyDataDir(folder: string): void {
  if (!existsSync(folder)) return;
  if (isForeign(folder)) {
    throw new CannotStartError(
      `${folder} has no format.json, so it is none of Lagerhaus' and stays as it is. Check DATA_DIR.`,
    );
  }
  const lock = lockFolder(folder);
  try {
    // format.json goes last: a reset that is cut short leaves a folder that is still known as ours.
    const names = readdirSync(folder).filter((name) => !lockFiles.includes(name) && name !== 'format.json');
    for (const name of [...names, 'format.json']) rmSync(path.join(folder, name), { recursive: true, force: true });
  } finally {
    lock.release();
  }
}
