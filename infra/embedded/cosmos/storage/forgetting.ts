import type { Sqlite } from './sqlite.ts';

const pauseMs = 1_000;

/**
 * Empties the write-ahead log each second. What was deleted or replaced is overwritten in the file itself (`secure_delete`), but the log
 * has the pages as they were, until it is written over.
 *
 * @returns a function that stops it.
 */
export function startForgetting(sqlite: Sqlite): () => void {
  const timer = setInterval(() => sqlite.emptyLog(), pauseMs).unref();
  return () => clearInterval(timer);
}
