import type { Clock } from '../clock.ts';
import { moveToOutbox } from '../persistence/commit/carried-events.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';

export interface CarriedSweep {
  readonly container: DocumentContainer;
  readonly clock: Pick<Clock, 'now'>;
  /** Told of what is due and no document of ours. */
  readonly unreadable: (error: Error) => void;
  /** When it is aborted, what is left is left to the next sweep. */
  readonly signal: AbortSignal;
}

/** A document has up to 2 MB, and a page is in memory as a whole. */
const pageSize = 20;

/**
 * Moves to the outbox what a crash between commit and send left with the documents that carry it, oldest first; the sweep of the outbox
 * sends it. Tells whether there was any.
 */
export async function sweepCarried({ container, clock, unreadable, signal }: CarriedSweep): Promise<boolean> {
  const question = { of: 'carried', now: clock.now().toISOString() } as const;
  let wasDue = false;
  for await (const carriers of container.due(question, pageSize, unreadable)) {
    wasDue ||= carriers.length > 0;
    await Promise.all(carriers.map((document) => moveToOutbox(container, document)));
    if (signal.aborted) break;
  }
  return wasDue;
}
