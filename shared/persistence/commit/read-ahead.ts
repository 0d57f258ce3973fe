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
}

/**
 * Fetches what is asked for and was not read yet, in one request instead of one each; in another, then, what is to be read last.
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
      if ((request.isReadLast ?? false) === isLast && !isLoaded(key) && !place.read.has(key)) unread.set(key, where);
    }
    if (unread.size < 2) continue;
    const stored = await place.container.readEach([...unread.values()]);
    const found = new Map(stored.map((document) => [keyOf(place, document), document]));
    for (const key of unread.keys()) place.read.add(key, found.get(key));
  }
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
