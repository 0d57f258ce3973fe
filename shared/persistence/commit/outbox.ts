import { z } from 'zod';
import { Envelope } from '../../events/envelope.ts';
import { topics } from '../../events/topics.ts';
import { dueAtOnce } from '../../model/due-at-once.ts';
import { documentId, idWithin, StoredDocument } from '../documents/stored-document.ts';

/** A message that a commit owes the bus. */
export const OutboxMessage = z.object({
  topic: z.enum(topics),
  envelope: Envelope,
  /** Headers beyond those that every message has. */
  headers: z.record(z.string(), z.string()).optional(),
});
export type OutboxMessage = z.infer<typeof OutboxMessage>;

export const outboxKind = 'outbox';
export const receiptKind = 'receipt';

/**
 * All that one commit owes the bus. Its id is the commit's receipt: where it exists, the commit happened. A new document that is
 * changed again within moments stands for it (`carrying`), and is the receipt then.
 */
export const OutboxDocument = StoredDocument.extend({
  kind: z.literal(outboxKind),
  messages: z.array(OutboxMessage).min(1),
});
export type OutboxDocument = z.infer<typeof OutboxDocument>;

export type NewOutboxDocument = OutboxDocument & { readonly dueAt: string };

export function outboxId(receipt: string): string {
  return documentId(outboxKind, receipt);
}

export function receiptIn(outbox: string): string {
  return idWithin(outbox);
}

/** How long a receipt stays: the writer of the commit may still wait for its answer. */
const receiptSeconds = 3_600;

export function outboxDocument(
  boundary: string,
  receipt: string,
  messages: readonly OutboxMessage[],
  now: Date,
): NewOutboxDocument {
  return {
    id: outboxId(receipt),
    boundary,
    kind: outboxKind,
    version: 1,
    dueAt: dueAtOnce(now),
    messages: [...messages],
  };
}

/** What a commit creates that owes the bus nothing and has no other document by which it is told: as little as there can be. */
export function putReceipt(boundary: string, receipt: string): StoredDocument {
  return { id: `${receiptKind}:${receipt}`, boundary, kind: receiptKind, version: 1, ttl: receiptSeconds };
}

/** What the sweep leaves of an outbox document that it sent for a writer it does not know. */
export function receiptOf({
  id,
  boundary,
  version,
  _etag,
}: Pick<OutboxDocument, 'id' | 'boundary' | 'version' | '_etag'>): StoredDocument {
  return {
    id,
    boundary,
    kind: receiptKind,
    version: version + 1,
    ttl: receiptSeconds,
    ...(_etag === undefined ? {} : { _etag }),
  };
}
