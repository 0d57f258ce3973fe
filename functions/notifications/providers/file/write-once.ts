import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What somebody is told is for them, and for whoever runs the system. */
const ownerOnly = { folder: 0o700, file: 0o600 };
/** What the name of a draft begins with, before that of the file. */
export const draftMark = '.';

/** Writes a file unless it is there. It appears whole or not at all, and is never written again. */
export async function writeOnce(folder: string, name: string, content: string, signal: AbortSignal): Promise<void> {
  const file = path.join(folder, name);
  // Of the same name at each try, so that a crash leaves none behind for good.
  const draft = path.join(folder, `${draftMark}${name}.draft`);
  await mkdir(folder, { recursive: true, mode: ownerOnly.folder });
  await writeFile(draft, content, { mode: ownerOnly.file, signal });
  await link(draft, file).catch(unlessThere);
  await rm(draft, { force: true });
}

/** An earlier try has written it. */
function unlessThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}
