import { rememberedSeconds } from '../../settings/retention.ts';
import type { StoredDocument } from '../documents/stored-document.ts';

export const inboxKind = 'inbox';

/** The id of the marker that says: this subscriber has handled this event. */
export function markerId(subscriber: string, eventId: string): string {
  return `inbox:${subscriber}:${eventId}`;
}

/** A marker; it lives longer than the event can stay on the bus. */
export function inboxMarker(boundary: string, id: string): StoredDocument {
  return { id, boundary, kind: inboxKind, version: 1, ttl: rememberedSeconds };
}
