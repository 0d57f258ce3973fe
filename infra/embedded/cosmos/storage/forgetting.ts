import { Checkpoints } from './checkpoints.ts';
import type { Sqlite } from './sqlite.ts';

export interface ForgettingOptions {
  readonly pauseMs?: number;
  /** A log of more pages begins anew though much is written. */
  readonly largeLogPages?: number;
}

/** Where fewer rows have changed, the log is emptied at once: that is quicker done than handed to another thread. */
const fewChanges = 100;

/** Rewriting takes some 15 ms for each MB, and whoever asks meanwhile waits: a large file is rewritten in a pause of a minute only. */
const largeBytes = 64 * 1024 * 1024;
const quietPauses = { small: 3, large: 60 };

/**
 * Leaves nothing on the disk of what was deleted or replaced. Each second the write-ahead log is emptied, which has the pages as they were;
 * where much is written, it is carried over by another thread meanwhile, and begins anew once it is large. Deleted cells are overwritten
 * (`secure_delete`), but where rows have moved between pages, copies stay in the gaps: so once nobody has written for a moment, the file
 * is written anew.
 *
 * @returns a function that stops it.
 */
export function startForgetting(
  sqlite: Sqlite,
  { pauseMs = 1_000, largeLogPages = 16_384 }: ForgettingOptions = {},
): () => Promise<void> {
  if (sqlite.file === ':memory:') return () => Promise.resolve();
  const checkpoints = new Checkpoints({ file: sqlite.file, largePages: largeLogPages });
  let seen = sqlite.changes;
  // What the process before this one has left is not known.
  let rewrittenAt: number | undefined;
  let quiet = 0;

  const look = () => {
    const changes = sqlite.changes - seen;
    seen = sqlite.changes;
    quiet = changes === 0 ? quiet + 1 : 0;
    if (checkpoints.isUnderWay) return;
    if (changes > fewChanges) {
      checkpoints.begin((logPages) => {
        if (logPages > largeLogPages) sqlite.restartLog();
      });
      return;
    }
    sqlite.emptyLog();
    if (rewrittenAt === seen || quiet < (sqlite.bytes > largeBytes ? quietPauses.large : quietPauses.small)) return;
    void checkpoints.end();
    sqlite.rewrite();
    seen = sqlite.changes;
    rewrittenAt = seen;
  };
  const timer = setInterval(look, pauseMs).unref();
  return async () => {
    clearInterval(timer);
    await checkpoints.end();
  };
}
