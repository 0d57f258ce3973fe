import { renameSync, writeFileSync } from 'node:fs';

/** Replaces a small file as a whole: whoever reads it, after whatever crash, finds the old text or the new one. */
export function writeFileAtomically(path: string, text: string): void {
  const draft = `${path}.new`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
