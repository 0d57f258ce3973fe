import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';

/** The least that a zip can say: with it, the same files make the same zip. */
const noTime = new Date(1980, 0, 1);

/** All files of a folder as one zip, which is the same whenever they are. */
export function zipOf(folder: string): Uint8Array {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .sort();
  const entries = files.map((file): [string, Uint8Array] => [
    path.relative(folder, file).replaceAll(path.sep, '/'),
    readFileSync(file),
  ]);
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: noTime });
}
