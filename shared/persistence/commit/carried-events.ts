import type { DocumentContainer } from '../documents/document-container.ts';
import type { StoredDocument } from '../documents/stored-document.ts';
import { type NewOutboxDocument, type OutboxMessage, outboxId, outboxKind, receiptIn } from './outbox.ts';

/** What a process knows of the events that new documents carry, each by the id of the outbox document that it stands for. */
export interface CarriedEvents {
  /** Whether the bus has them, as far as this process sent them. */
  readonly wereSent: (outbox: string) => boolean;
  /** The document was written without them, so nobody has to do that any more. */
  readonly letGo: (outbox: string) => void;
}

/** A document that may be among the new ones of a commit. */
interface Candidate {
  readonly document: StoredDocument;
  /** It is new, and is changed again within moments. */
  readonly mayCarry: boolean;
}

/** A document is written once more without what it carries: so it carries no more than this. */
const mostCarriedBytes = 8_000;

/**
 * The document of a commit that can carry what the commit owes, if there is one: new, alone of its kind, to stay, and with few
 * events, all of one topic, so that they are sent or not as a whole.
 */
export function carrierAmong(
  changes: readonly Candidate[],
  owed: { readonly all: readonly OutboxMessage[]; readonly bytes: number },
): string | undefined {
  const [carrier, ...others] = changes.filter(({ document, mayCarry }) => mayCarry && document.ttl === undefined);
  const topics = new Set(owed.all.map(({ topic }) => topic));
  const canCarry = others.length === 0 && topics.size === 1 && owed.bytes <= mostCarriedBytes;
  return canCarry ? carrier?.document.id : undefined;
}

/** The new document with what its commit owes, whose receipt it is. */
export function carrying(document: StoredDocument, { id, dueAt, messages }: NewOutboxDocument): StoredDocument {
  return { ...document, receipt: receiptIn(id), owes: { dueAt, messages } };
}

/** The outbox document that a document stands for as long as it carries events, whether this code knows them or not. */
export function carriedBy({ boundary, receipt, owes }: StoredDocument): StoredDocument | undefined {
  if (owes === undefined || receipt === undefined) return undefined;
  return { ...owes, id: outboxId(receipt), boundary, kind: outboxKind, version: 1 };
}

export function withoutCarried({ owes: _, ...document }: StoredDocument): StoredDocument {
  return document;
}

/**
 * Moves what a document carries into an outbox document, in one batch and unless somebody changes it before: for whoever finds it and
 * cannot tell whether it was sent. From there on it is like whatever else is owed.
 */
export async function moveToOutbox(container: DocumentContainer, document: StoredDocument): Promise<void> {
  const { boundary, id, _etag: etag } = document;
  const outbox = carriedBy(document);
  if (outbox === undefined || etag === undefined) return;
  container.recent.forget(boundary, id);
  await container.execute(boundary, [
    { kind: 'replace', document: withoutCarried(document), etag },
    { kind: 'create', document: outbox },
  ]);
}
