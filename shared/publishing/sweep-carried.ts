import { moveToOutbox } from '../persistence/commit/carried-events.ts';
import { type OwedSweep, visitOwed } from './owed-pages.ts';

/**
 * Moves to the outbox what a crash between commit and send left with the documents that carry it, oldest first; the sweep of the outbox
 * sends it. Tells whether anything was due.
 */
export function sweepCarried(sweep: OwedSweep): Promise<boolean> {
  return visitOwed('carried', sweep, (carriers) =>
    Promise.all(carriers.map((document) => moveToOutbox(sweep.container, document))),
  );
}
