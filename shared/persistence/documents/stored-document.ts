import { z } from 'zod';
import { EffectAttempt } from './effect-attempt.ts';

/** The fields that every document has besides its state. */
export const StoredDocument = z.compile(
  z.looseObject({
    id: z.string(),
    /** The logical partition, tenant first: `main/order:0193…`. */
    boundary: z.string(),
    kind: z.string(),
    version: z.int().nonnegative(),
    /** When the sweep is to visit the document, ISO 8601 in UTC. */
    dueAt: z.string().optional(),
    /** How often the sweep visited it in vain. */
    dueAttempts: z.int().optional(),
    /** When it was due before the sweep put it off. */
    dueSince: z.string().optional(),
    /** When it was due before the sweep gave it up: it is visited again once an operator replays its dead letter. */
    parkedDueAt: z.string().optional(),
    /** How far the effect has got that the document is due for. */
    attempt: EffectAttempt.optional(),
    /** The rebuild that wrote the document last, where one did. */
    rebuiltBy: z.string().optional(),
    /** The commit that created the document, where nothing else shows that the commit was written. */
    receipt: z.string().optional(),
    /** The commits that have lately changed the document, where nothing else shows that they were written, and when each was due. */
    changedBy: z.array(z.object({ receipt: z.string(), dueAt: z.string() })).optional(),
    /** What the commit that created it owes the bus, or the one named, as long as it is not known to be sent, and when the sweep sees to it. */
    owes: z
      .object({ receipt: z.string().optional(), dueAt: z.string(), messages: z.array(z.unknown()).min(1) })
      .optional(),
    /** Seconds after the last change until the document is gone. */
    ttl: z.int().optional(),
    _etag: z.string().optional(),
  }),
);
export type StoredDocument = z.infer<typeof StoredDocument>;

const separator = '/';

/** The stored name of a tenant's boundary. Only the kernel calls this: a handler names boundaries without tenant. */
export function storedBoundary(tenant: string, boundary: string): string {
  return `${tenant}${separator}${boundary}`;
}

/** Takes a stored boundary apart again: tenant names have no slash. */
export function parseBoundary(stored: string): { readonly tenant: string; readonly boundary: string } {
  const end = stored.indexOf(separator);
  return { tenant: stored.slice(0, end), boundary: stored.slice(end + 1) };
}

/** The document id of an aggregate or projection: unique in its boundary over all kinds. */
export function documentId(kind: string, id: string): string {
  return `${kind}:${id}`;
}

/** The part of a document id behind the kind. */
export function idWithin(documentIdentifier: string): string {
  return documentIdentifier.slice(documentIdentifier.indexOf(':') + 1);
}
