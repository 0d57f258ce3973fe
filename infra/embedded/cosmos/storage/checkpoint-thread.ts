import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckpointDone, CheckpointSetup } from './checkpoints.ts';

const { file, largePages }: CheckpointSetup = workerData;

// Opened here, since a connection is of one thread. Nothing is written through it, and what it reads are pages.
const database = new DatabaseSync(file);
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
checkpoint.setReturnArrays(true);

/** While a large log is carried over, some comes after it: little is left for whoever cuts the log down once that is carried over, too. */
const passesOverLargeLog = 3;

parentPort?.on('message', () => {
  let pages = pagesCarriedOver();
  if (pages > largePages) for (let pass = 1; pass < passesOverLargeLog; pass += 1) pages = pagesCarriedOver();
  parentPort?.postMessage({ logPages: pages } satisfies CheckpointDone);
});

/** Carries over what is in the log by now, beside whoever writes meanwhile, and says how long the log is. */
function pagesCarriedOver(): number {
  const [, pages] = checkpoint.get() as unknown as readonly [busy: number, pages: number, carriedOver: number];
  return pages;
}
