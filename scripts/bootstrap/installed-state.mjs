import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What should be installed, in one word: the lock file, the patches on top of it, and the platform (a folder that is
 * shared between two machines has the packages of one of them).
 */
export function wantedState(root) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  const patches = join(root, 'patches');
  const files = existsSync(patches)
    ? readdirSync(patches)
        .filter((name) => name.endsWith('.patch'))
        .sort()
    : [];
  for (const file of [join(root, 'package-lock.json'), ...files.map((name) => join(patches, name))]) {
    hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** What the last finished installation left behind, or undefined. npm deletes the note with everything else it deletes. */
export function installedState(root) {
  const file = noteOf(root);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

export function rememberState(root, state) {
  writeFileSync(noteOf(root), state);
}

const noteOf = (root) => join(root, 'node_modules', '.installed-state');
