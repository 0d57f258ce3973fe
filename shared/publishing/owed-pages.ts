import type { Clock } from '../clock.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';

/** A sweep of what a container owes the bus. */
export interface OwedSweep {
  readonly container: DocumentContainer;
  readonly clock: Pick<Clock, 'now'>;
  /** Told of what is due and no document of ours. */
  readonly unreadable: (error: Error) => void;
  /** When it is aborted, what is left is left to the next sweep. */
  readonly signal: AbortSignal;
}

/** A document has up to 2 MB, and a page is in memory as a whole. */
const pageSize = 20;

/** Visits what is owed and due, oldest first, a page at a time; tells whether there was any. */
export async function visitOwed(
  of: 'outbox' | 'carried',
  { container, clock, unreadable, signal }: OwedSweep,
  visit: (page: readonly StoredDocument[]) => Promise<unknown>,
): Promise<boolean> {
  let wasDue = false;
  for await (const page of container.due({ of, now: clock.now().toISOString() }, pageSize, unreadable)) {
    wasDue ||= page.length > 0;
    await visit(page);
    if (signal.aborted) break;
  }
  return wasDue;
}
