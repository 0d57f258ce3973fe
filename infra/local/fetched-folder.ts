import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const cache = path.resolve(import.meta.dirname, '../../node_modules/.cache');

/**
 * The folder with what a file names (a pom.xml, a package-lock.json): fetched the first time, and whenever that file changes.
 * Whatever ends in between, a folder that is there is whole.
 *
 * @throws whatever `fetchInto` throws.
 */
export async function fetchedFolder(
  name: string,
  listFile: string,
  fetchInto: (folder: string) => Promise<void>,
): Promise<string> {
  const parent = path.join(cache, name);
  const folder = path.join(parent, createHash('sha256').update(readFileSync(listFile)).digest('hex').slice(0, 12));
  if (existsSync(folder)) return folder;
  mkdirSync(parent, { recursive: true });
  const draft = mkdtempSync(path.join(parent, 'fetching-'));
  try {
    await fetchInto(draft);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else somebody else was faster
  }
  return folder;
}
