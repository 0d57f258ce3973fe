import type { DocumentContainer } from '../documents/document-container.ts';
import type { StoredDocument } from '../documents/stored-document.ts';
import type { Change, CommitParts } from './change.ts';
import { type NewOutboxDocument, outboxId, outboxKind, receiptIn } from './outbox.ts';

/** What a process knows of the events that documents carry, each by the id of the outbox document that it stands for. */
export interface CarriedEvents {
  /** Whether the bus has them, as far as this process sent them. */
  readonly wereSent: (outbox: string) => boolean;
  /** The document was written without them, so nobody has to do that any more. */
  readonly letGo: (outbox: string) => void;
}

/** A document is written once more without what it carries: so it carries no more than this. */
const mostCarriedBytes = 8_000;

/** How long a changed document tells whose commits changed it, and of how many: the writer of one may still wait for its answer. */
const receipts = { keptMs: 3_600_000, most: 8 };

/**
 * The document of a commit that can carry what the commit owes, if there is one: alone of its kind, to stay, and with few events, all of
 * one topic, so that they are sent or not as a whole. One that is not new has to be all that the commit writes, and to have room
 * for one more receipt.
 *
 * @param bytes what the messages come to on the bus
 */
export function carrierAmong(parts: CommitParts, bytes: number): string | undefined {
  const { outbox, changes, answer, markers, moved = [] } = parts;
  const [carrier, ...others] = changes.filter(({ document, mayCarry }) => mayCarry && document.ttl === undefined);
  if (outbox === undefined || carrier === undefined || others.length > 0 || bytes > mostCarriedBytes) return undefined;
  if (new Set(outbox.messages.map(({ topic }) => topic)).size > 1) return undefined;
  const isAlone = changes.length === 1 && answer === undefined && markers.length === 0 && moved.length === 0;
  const hasRoom = changesKept(carrier.document, outbox).length < receipts.most;
  return carrier.etag === undefined || (isAlone && hasRoom) ? carrier.document.id : undefined;
}

/** A document with what its commit owes, and with the receipt of that: a new one keeps it for good, a changed one that of its last commits. */
export function carrying(
  { document, etag }: Pick<Change, 'document' | 'etag'>,
  outbox: NewOutboxDocument,
): StoredDocument {
  const { id, dueAt, messages } = outbox;
  const receipt = receiptIn(id);
  if (etag === undefined) return { ...document, receipt, owes: { dueAt, messages } };
  const changedBy = [...changesKept(document, outbox), { receipt, dueAt }];
  return { ...document, changedBy, owes: { receipt, dueAt, messages } };
}

function changesKept({ changedBy = [] }: StoredDocument, { dueAt: now }: NewOutboxDocument) {
  return changedBy.filter(({ dueAt }) => Date.parse(dueAt) > Date.parse(now) - receipts.keptMs);
}

/** Whether the document was written by the commit with this receipt: as it is now, or before others changed it. */
export function wasWrittenBy({ receipt: createdBy, changedBy = [] }: StoredDocument, receipt: string): boolean {
  return createdBy === receipt || changedBy.some((change) => change.receipt === receipt);
}

/** The outbox document that a document stands for as long as it carries events, whether this code knows them or not. */
export function carriedBy({ boundary, receipt: createdBy, owes }: StoredDocument): StoredDocument | undefined {
  if (owes === undefined) return undefined;
  const { receipt = createdBy, ...owed } = owes;
  if (receipt === undefined) return undefined;
  return { ...owed, id: outboxId(receipt), boundary, kind: outboxKind, version: 1 };
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
