import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../embedded/write-whole.ts';
import { CannotStartError } from '../cannot-start-error.ts';
import { lockFiles } from './lock.ts';

/** The format of everything below DATA_DIR. Raise it when older data can no longer be read. */
const format = 1;

const Format = z.object({ format: z.int().min(1) });

const startAfresh = 'npm run reset empties it (all data is lost)';

/** Whether the folder holds something that Lagerhaus did not put there. */
export function isForeign(folder: string): boolean {
  if (!existsSync(folder) || existsSync(fileIn(folder))) return false;
  return readdirSync(folder).some((name) => !lockFiles.includes(name));
}

/** @throws CannotStartError when the data are of a format that this version does not read, or the note of it is damaged. */
export function checkFormat(folder: string): void {
  const file = fileIn(folder);
  if (!existsSync(file)) {
    writeWhole(file, `${JSON.stringify({ format })}\n`);
    return;
  }
  const found = read(file);
  if (found === undefined) {
    throw new CannotStartError(
      `${file} is damaged: restore it as {"format":${format}}, or start afresh: ${startAfresh}`,
    );
  }
  if (found !== format) {
    const age = found > format ? 'a newer' : 'an older';
    throw new CannotStartError(
      `${folder} has data of ${age} format (${found}, this version reads ${format}): use the version that wrote it, or start afresh: ${startAfresh}`,
    );
  }
}

function read(file: string): number | undefined {
  try {
    return Format.parse(JSON.parse(readFileSync(file, 'utf8'))).format;
  } catch {
    return undefined; // no JSON, or not of this shape: both are damage, and the caller says so
  }
}

const fileIn = (folder: string) => path.join(folder, 'format.json');
