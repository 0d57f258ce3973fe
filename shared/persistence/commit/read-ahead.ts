import type { DocumentContainer } from '../documents/document-container.ts';
import type { StateType } from '../documents/read-state.ts';
import { documentId, parseBoundary, type StoredDocument, storedBoundary } from '../documents/stored-document.ts';
import { type Address, type Seen, seen } from '../reading/reader.ts';
import type { LoadRequest } from './load-request.ts';
import type { ReadDocuments } from './read-documents.ts';

/** What a unit of work reads by: where it writes, and what was read for it. */
export interface ReadingPlace {
  readonly container: DocumentContainer;
  /** The stored boundary, tenant included. */
  readonly boundary: string;
  readonly read: ReadDocuments;
  /** Whether documents may be taken to be as this process last saw them. */
  readonly mayRecall: boolean;
}

/**
 * Fetches what is asked for and was not read yet, in one request instead of one each, which it shares with other boundaries that read
 * ahead just now; in another, then, what is to be read last.
 */
export async function readAhead(
  place: ReadingPlace,
  requests: readonly LoadRequest[],
  isLoaded: (id: string) => boolean,
): Promise<void> {
  for (const isLast of [false, true]) {
    const unread = new Map<string, Pick<StoredDocument, 'boundary' | 'id'>>();
    for (const request of requests) {
      const where = placeOf(place, request.type, request);
      const key = keyOf(place, where);
      const isSought = (request.isReadLast ?? false) === isLast && !isLoaded(key) && !isKnown(place, key, request);
      if (!isSought) continue;
      const recalled = recalledSince(place, where, request);
      if (recalled === undefined) unread.set(key, where);
      else place.read.add(key, recalled);
    }
    if (unread.size === 0) continue;
    const stored = await place.container.readEach([...unread.values()]);
    const found = new Map(stored.map((document) => [keyOf(place, document), document]));
    for (const key of unread.keys()) place.read.add(key, found.get(key));
  }
}

/** Whether it was read, and late enough. */
function isKnown({ read }: ReadingPlace, key: string, { since = 0 }: LoadRequest): boolean {
  const version = read.get(key)?.version ?? Number.POSITIVE_INFINITY;
  return read.has(key) && version >= since;
}

/** The document as this process last saw it, where that is late enough. */
function recalledSince(
  { container, mayRecall }: ReadingPlace,
  { boundary, id }: Pick<StoredDocument, 'boundary' | 'id'>,
  { since }: LoadRequest,
): StoredDocument | undefined {
  if (since === undefined || !mayRecall) return undefined;
  const recalled = container.recent.recall(boundary, id);
  return recalled !== undefined && recalled.version >= since ? recalled : undefined;
}

/** A document of any boundary of the tenant, unless it was read ahead. */
export async function lookAt<State>(
  place: ReadingPlace,
  type: StateType<State>,
  address: Address,
): Promise<Seen<State> | undefined> {
  const where = placeOf(place, type, address);
  const key = keyOf(place, where);
  if (!place.read.has(key)) place.read.add(key, await place.container.read(where.boundary, where.id));
  const stored = place.read.get(key);
  return stored === undefined ? undefined : seen(type, stored);
}

function placeOf(
  { boundary: own }: ReadingPlace,
  { kind }: { readonly kind: string },
  { boundary, id }: Pick<LoadRequest, 'boundary' | 'id'>,
): Pick<StoredDocument, 'boundary' | 'id'> {
  const stored = boundary === undefined ? own : storedBoundary(parseBoundary(own).tenant, boundary);
  return { boundary: stored, id: documentId(kind, id) };
}

/** What a document is kept under: of the own boundary, its id. Ids have no slash. */
function keyOf({ boundary: own }: ReadingPlace, { boundary, id }: Pick<StoredDocument, 'boundary' | 'id'>): string {
  return boundary === own ? id : `${boundary}/${id}`;
}
