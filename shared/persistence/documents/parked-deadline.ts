import type { StoredDocument } from './stored-document.ts';

/** The document with its deadline given up: the sweep does not find it any more, and the document still has it. */
export function withParkedDeadline({ dueAt, dueAttempts: _, dueSince, ...document }: StoredDocument): StoredDocument {
  const parkedDueAt = dueSince ?? dueAt;
  return parkedDueAt === undefined ? document : { ...document, parkedDueAt };
}

/** The document with its deadline as it was before it was given up, which a state is read from. */
export function withDeadline(stored: StoredDocument): StoredDocument {
  if (stored.parkedDueAt === undefined) return stored;
  const { parkedDueAt, ...document } = stored;
  return { ...document, dueAt: parkedDueAt };
}

/** The deadline of a document, and whether it was given up. */
export function deadlineOf({ dueAt, parkedDueAt }: StoredDocument): Pick<StoredDocument, 'dueAt' | 'parkedDueAt'> {
  return { ...(dueAt === undefined ? {} : { dueAt }), ...(parkedDueAt === undefined ? {} : { parkedDueAt }) };
}

/**
 * A document as it is to be written over a stored one, where it has the same deadline: given up is still given up. One that
 * the state dropped is gone, and one that it moved is due at its new time.
 */
export function keepingParked(document: StoredDocument, stored: StoredDocument | undefined): StoredDocument {
  const isParked = document.dueAt !== undefined && document.dueAt === stored?.parkedDueAt;
  return isParked ? withParkedDeadline(document) : document;
}
