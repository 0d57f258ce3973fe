import type { StoredDocument } from '../documents/stored-document.ts';
import type { Tracked } from './tracked.ts';

/** A changed document, with the ETag it had when it was read; none where it is new. */
export interface Change {
  readonly document: StoredDocument;
  readonly etag: string | undefined;
  /** What it is written in place of; nothing where it only proves that it has not changed. */
  readonly replaced?: StoredDocument | undefined;
  /** It is to be gone. */
  readonly isRemoval: boolean;
  /** It is new, and is changed again within moments. */
  readonly mayCarry: boolean;
  /** When it was due before, where it was. */
  readonly wasDueAt?: string | undefined;
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
