import type { DocumentContainer } from '../documents/document-container.ts';
import type { DocumentQuery } from '../documents/page-query.ts';
import { readState, type StateType } from '../documents/read-state.ts';
import { documentId, idWithin, type StoredDocument, storedBoundary } from '../documents/stored-document.ts';

export { type Criterion, type Filter, meets, type Scalar } from '../documents/filter.ts';
export type { IdRange } from '../documents/page-query.ts';

/** A document as a query sees it. */
export interface Seen<State> {
  readonly id: string;
  readonly version: number;
  readonly state: State;
}

/** What can be read: an aggregate or a projection. */
export type Readable<State> = StateType<State>;

/** A stretch of a list; ids are those within the kind. */
export type ListRange = Omit<DocumentQuery, 'kind'>;

const recentMs = 1_000;

/** Where a document is. */
export interface Address {
  readonly boundary: string;
  readonly id: string;
}

/** Reads documents of one service for one tenant, without any intention to change them. */
export class Reader {
  readonly #container: DocumentContainer;
  readonly #tenant: string;

  constructor(container: DocumentContainer, tenant: string) {
    this.#container = container;
    this.#tenant = tenant;
  }

  /** One document, as it is now; those that are asked for in one turn, in one request. */
  async read<State>(type: Readable<State>, { boundary, id }: Address): Promise<Seen<State> | undefined> {
    const place = { boundary: storedBoundary(this.#tenant, boundary), id: documentId(type.kind, id) };
    const [stored] = await this.#container.readEach([place]);
    return stored === undefined ? undefined : seen(type, stored);
  }

  /**
   * One document as it was at some moment of the last second: for what is decided elsewhere and follows after events, so that
   * nobody can tell that second from the time which the event took. What is missing is looked for each time, unless it
   * may be `orAbsent` for that second, too.
   */
  async readRecent<State>(
    type: Readable<State>,
    { boundary, id }: Address,
    { orAbsent = false }: { readonly orAbsent?: boolean } = {},
  ): Promise<Seen<State> | undefined> {
    const place = storedBoundary(this.#tenant, boundary);
    const stored = await this.#container.readRecent(place, documentId(type.kind, id), { withinMs: recentMs, orAbsent });
    return stored === undefined ? undefined : seen(type, stored);
  }

  /** Those of the documents that exist, in the order of their addresses, in as few requests as possible. */
  async readAll<State>(type: Readable<State>, addresses: readonly Address[]): Promise<readonly Seen<State>[]> {
    const found = await Promise.all(addresses.map((address) => this.read(type, address)));
    return found.filter((document) => document !== undefined);
  }

  /** A stretch of the documents of one kind in one boundary. */
  async list<State>(type: Readable<State>, boundary: string, stretch: ListRange): Promise<readonly Seen<State>[]> {
    const within = (id: string | undefined) => (id === undefined ? undefined : documentId(type.kind, id));
    const { after, ids = {}, ...rest } = stretch;
    const stored = await this.#container.page(storedBoundary(this.#tenant, boundary), {
      ...rest,
      kind: type.kind,
      after: within(after),
      ids: { from: within(ids.from), before: within(ids.before) },
    });
    return stored.map((document) => seen(type, document));
  }
}

/** A stored document as a query sees it. @throws NewerDocumentError when this code cannot read it. */
export function seen<State>(type: Readable<State>, stored: StoredDocument): Seen<State> {
  return { id: idWithin(stored.id), version: stored.version, state: readState(type, stored) };
}
