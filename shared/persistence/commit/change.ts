import type { StoredDocument } from '../documents/stored-document.ts';
import type { NewOutboxDocument } from './outbox.ts';
import type { Tracked } from './tracked.ts';

/** A changed document, with the ETag it had when it was read; none where it is new. */
export interface Change {
  readonly document: StoredDocument;
  readonly etag: string | undefined;
  /** What it is written in place of; nothing where it only proves that it has not changed. */
  readonly replaced?: StoredDocument | undefined;
  /** It is to be gone. */
  readonly isRemoval: boolean;
  /** What the commit owes the bus may be in the document. */
  readonly mayCarry: boolean;
  /** When it was due before, where it was. */
  readonly wasDueAt?: string | undefined;
}

/** What one commit writes. */
export interface CommitParts {
  readonly outbox: NewOutboxDocument | undefined;
  /** The id of the document that carries what is owed in place of the outbox document, where one does. */
  readonly carrier?: string | undefined;
  /** Outbox documents of what documents carry that are written here, where nobody knows whether it was sent. */
  readonly moved?: readonly StoredDocument[];
  /** An id of this commit alone, where it has no event, answer or marker by which it could be told. */
  readonly receipt: string | undefined;
  readonly answer: StoredDocument | undefined;
  readonly markers: readonly StoredDocument[];
  readonly changes: readonly Change[];
}

export function changeOf(tracked: Tracked<unknown>, boundary: string): Change {
  const { stored, isChanged, exists, mayCarry } = tracked;
  const place = { etag: stored?._etag, wasDueAt: stored?.dueAt };
  if (stored !== undefined && !isChanged) return { ...place, document: stored, isRemoval: false, mayCarry: false };
  return { ...place, document: tracked.asDocument(boundary), replaced: stored, isRemoval: !exists, mayCarry };
}

/** Whether the commit makes it due, or due at another time. */
export function isNewlyDue({ document: { dueAt }, isRemoval, wasDueAt }: Change): boolean {
  return dueAt !== undefined && dueAt !== wasDueAt && !isRemoval;
}
