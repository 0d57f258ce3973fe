import type { StoredDocument } from './stored-document.ts';

/** A document as it is to be written over a stored one: as long as it is due, its effect has got as far as before. */
export function keepingAttempt(document: StoredDocument, stored: StoredDocument | undefined): StoredDocument {
  if (document.dueAt === undefined || stored?.attempt === undefined) return document;
  return { ...document, attempt: stored.attempt };
}

/** A document as it is to be written over a stored one: whose commits wrote it is still to be told. */
export function keepingReceipts(document: StoredDocument, stored: StoredDocument | undefined): StoredDocument {
  const { receipt, changedBy } = stored ?? {};
  return {
    ...document,
    ...(receipt === undefined ? {} : { receipt }),
    ...(changedBy === undefined ? {} : { changedBy }),
  };
}
