import type { Sqlite } from './sqlite.ts';

const pauseMs = 1_000;

/** Rewriting takes some 15 ms for each MB, and whoever asks meanwhile waits: a large file is rewritten in a pause of a minute only. */
const largeBytes = 64 * 1024 * 1024;
const quietPauses = { small: 3, large: 60 };

/**
 * Leaves nothing on the disk of what was deleted or replaced. Each second the write-ahead log is emptied, which has the pages as they were.
 * Deleted cells are overwritten (`secure_delete`), but where rows have moved between pages, copies stay in the gaps: so once
 * nobody has written for a moment, the file is written anew.
 *
 * @returns a function that stops it.
 */
export function startForgetting(sqlite: Sqlite): () => void {
  let seen = sqlite.changes;
  // What the process before this one has left is not known.
  let rewrittenAt: number | undefined;
  let quiet = 0;
  const timer = setInterval(() => {
    sqlite.emptyLog();
    quiet = sqlite.changes === seen ? quiet + 1 : 0;
    seen = sqlite.changes;
    if (rewrittenAt === seen || quiet < (sqlite.bytes > largeBytes ? quietPauses.large : quietPauses.small)) return;
    sqlite.rewrite();
    seen = sqlite.changes;
    rewrittenAt = seen;
  }, pauseMs).unref();
  return () => clearInterval(timer);
}
