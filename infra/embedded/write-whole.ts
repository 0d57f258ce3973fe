import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file so that a crash leaves the old or the new content, never a part. Only its owner may read it. */
export function writeWhole(file: string, text: string | Uint8Array): void {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}
