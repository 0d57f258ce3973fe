import { chmodSync, mkdirSync } from 'node:fs';
import { CannotStartError, codeOf } from '../cannot-start-error.ts';
import { checkFormat, isForeign } from './format.ts';
import { lockFolder } from './lock.ts';

/** What people have told the stack is in there: nobody else on the machine may look. */
const ownerOnly = 0o700;

/**
 * Makes the folder where it is missing, takes it for this process and checks that its data can be read.
 *
 * @throws CannotStartError when it is someone else's folder, in use, or of another format.
 */
export function openDataDir(folder: string): { release(): void } {
  make(folder);
  if (isForeign(folder)) {
    throw new CannotStartError(
      `${folder} is not empty and has no data of Lagerhaus. Choose another: DATA_DIR=.local npm start`,
    );
  }
  chmodSync(folder, ownerOnly); // an earlier version, or a mkdir, has let everybody in
  const lock = lockFolder(folder);
  try {
    checkFormat(folder);
  } catch (error) {
    lock.release();
    throw error;
  }
  return lock;
}

function make(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: ownerOnly });
  } catch (error) {
    throw new CannotStartError(
      `${folder} cannot be made (${codeOf(error)}). Choose another: DATA_DIR=.local npm start`,
    );
  }
}
