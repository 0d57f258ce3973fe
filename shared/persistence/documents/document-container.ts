import { ConsistencyLevel, type Container, type OperationInput, type OperationResponse } from '@azure/cosmos';
import { z } from 'zod';
import { later } from '../../clock.ts';
import { weakConsistencyOf } from '../cosmos/consistency.ts';
import { requestChargeOf } from '../cosmos/request-charge.ts';
import { type Backlog, readBacklog } from './backlog.ts';
import type { BatchOperation } from './batch-operation.ts';
import { type DueQuestion, dueQuery } from './due-query.ts';
import { carriedLookAheadMs, DueTimes, lookAheadMs } from './due-times.ts';
import { conditionsOf, type Filter } from './filter.ts';
import { inBulk, substatusOf } from './in-bulk.ts';
import { type DocumentQuery, documentQuery } from './page-query.ts';
import type { RecentDocuments } from './recent-documents.ts';
import { isRefused, SharedBatches } from './shared-batches.ts';
import { type DocumentPlace, SharedReads } from './shared-reads.ts';
import { asStoreError, NewerDocumentError, refusalOf, troubleOf } from './store-errors.ts';
import { documentId, StoredDocument } from './stored-document.ts';
import { type WalkQuestion, walkQuery } from './walk-query.ts';

/**
 * How a batch ended: written as a whole, with the ETag that each operation's document has now, or refused because of one
 * operation (counted from 0).
 */
export type BatchOutcome =
  | { readonly kind: 'written'; readonly etags: readonly (string | undefined)[] }
  | { readonly kind: 'refused'; readonly index: number; readonly status: number };

/** Told what each request to the container was charged, in request units. */
export type Charge = (operation: string, requestUnits: number) => void;

interface ContainerOptions {
  readonly endpoint: URL;
  readonly recent: RecentDocuments;
  readonly dueTimes?: DueTimes;
  readonly carriedTimes?: DueTimes;
  readonly charge?: Charge;
  /** What goes with that of others, whoever charges for it. */
  readonly reads?: SharedReads;
  readonly batches?: SharedBatches;
}

/** Reads and writes the documents of one container; every failure that may pass is a StoreUnavailableError. */
export class DocumentContainer {
  readonly name: string;
  /** Of the account. */
  readonly endpoint: URL;
  /** What this process lately wrote or read here. */
  readonly recent: RecentDocuments;
  /** When something here comes due, as far as this process knows. */
  readonly dueTimes: DueTimes;
  /** When the sweep is to see to what a document carries. */
  readonly carriedTimes: DueTimes;
  readonly #container: Container;
  readonly #charge: Charge;
  readonly #reads: SharedReads;
  readonly #batches: SharedBatches;

  constructor(
    container: Container,
    {
      endpoint,
      recent,
      dueTimes = new DueTimes(),
      carriedTimes = new DueTimes(),
      charge = () => undefined,
      reads = new SharedReads(container),
      batches = new SharedBatches(container),
    }: ContainerOptions,
  ) {
    this.#container = container;
    this.#charge = charge;
    this.#reads = reads;
    this.#batches = batches;
    this.endpoint = endpoint;
    this.recent = recent;
    this.dueTimes = dueTimes;
    this.carriedTimes = carriedTimes;
    this.name = container.id;
  }

  /** The name of the database that it is in. */
  get database(): string {
    return this.#container.database.id;
  }

  /** The same container for somebody who takes note of what they alone are charged, besides whoever does already. */
  charging(charge: Charge): DocumentContainer {
    const { endpoint, recent, dueTimes, carriedTimes } = this;
    return new DocumentContainer(this.#container, {
      endpoint,
      recent,
      dueTimes,
      carriedTimes,
      reads: this.#reads,
      batches: this.#batches,
      charge: (operation, requestUnits) => {
        this.#charge(operation, requestUnits);
        charge(operation, requestUnits);
      },
    });
  }

  /** A point read; `undefined` where there is no such document. */
  async read(boundary: string, id: string): Promise<StoredDocument | undefined> {
    return (await this.#asked('read', this.#reads.readAlone({ boundary, id }))).document;
  }

  /** A point read, unless the document was seen within `withinMs`; or, where that is `orAbsent`, looked for in vain. */
  async readRecent(
    boundary: string,
    id: string,
    { withinMs, orAbsent = false }: { readonly withinMs: number; readonly orAbsent?: boolean },
  ): Promise<StoredDocument | undefined> {
    const known = this.recent.recall(boundary, id, withinMs);
    if (known !== undefined) return known;
    if (orAbsent && this.recent.recallsAbsence(boundary, id, withinMs)) return undefined;
    const [read] = await this.readEach([{ boundary, id }]);
    if (read !== undefined) this.recent.remember(read);
    else if (orAbsent) this.recent.rememberAbsence(boundary, id);
    return read;
  }

  /** Those of the documents that exist, in the order of the ids: point reads, in as few requests as possible. */
  readMany(boundary: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    return this.readEach(ids.map((id) => ({ boundary, id })));
  }

  /** The same for documents of any boundaries, and together with what others ask for in this turn. */
  async readEach(places: readonly DocumentPlace[]): Promise<readonly StoredDocument[]> {
    if (places.length === 0) return [];
    const read = await this.#asked(places.length === 1 ? 'read' : 'read-many', this.#reads.read(places));
    return read.flatMap(({ document }) => document ?? []);
  }

  /** Which of the ids exist: by point reads, since an index may lag behind them. */
  async existing(boundary: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.readMany(boundary, ids);
    return new Set(found.map(({ id }) => id));
  }

  /** The documents of a stretch. */
  async page(boundary: string, query: DocumentQuery): Promise<readonly StoredDocument[]> {
    const { resources } = await this.#asked(
      'page',
      this.#container.items.query(documentQuery(query), { partitionKey: boundary }).fetchAll(),
    );
    return resources.map((resource) => StoredDocument.parse(resource));
  }

  /**
   * What is due, oldest first, a page at a time, each document once: a question that crosses partitions. A document that is
   * none of ours, or of newer code's, hides nothing that is due beside it; `unreadable` is told of it. It looks a little ahead: of
   * what comes due soon the first is told to `dueTimes`.
   *
   * It is asked at Eventual consistency, which costs half of what Strong does: what is found is a hint, and whoever acts on
   * it reads again, or writes under the ETag that was found. A request may be weaker than its account, never stronger.
   * Source: https://learn.microsoft.com/azure/cosmos-db/consistency-levels
   */
  async *due(
    question: DueQuestion,
    maxItemCount: number,
    unreadable: (error: NewerDocumentError) => void,
  ): AsyncGenerator<readonly StoredDocument[], void> {
    const options = { maxItemCount, consistencyLevel: ConsistencyLevel.Eventual };
    const [times, aheadMs, dueAtOf] =
      question.of === 'carried'
        ? [this.carriedTimes, carriedLookAheadMs, ({ owes }: StoredDocument) => owes?.dueAt ?? '']
        : [this.dueTimes, lookAheadMs, ({ dueAt = '' }: StoredDocument) => dueAt];
    const until = later(new Date(question.now), aheadMs);
    const found = this.#container.items.query<unknown>(dueQuery(question, until), options);
    while (found.hasMoreResults()) {
      const { resources = [] } = await this.#asked('due', found.fetchNext());
      const documents = resources.flatMap((resource) => {
        const { success, data, error } = StoredDocument.safeParse(resource);
        if (success) return [data];
        unreadable(
          new NewerDocumentError(`${described(resource)} is no document that this code knows: ${String(error)}`),
        );
        return [];
      });
      yield documents.filter((document) => dueAtOf(document) <= question.now);
      const next = documents.map(dueAtOf).find((dueAt) => dueAt > question.now);
      if (next === undefined) continue;
      times.tell(next);
      return;
    }
  }

  /**
   * Documents of a kind in all boundaries of a tenant, by their ids and behind one of those, and whether they are the last: the
   * other question that crosses partitions, for walks over all of them. An id comes as a whole, whatever boundaries have it; so
   * there are some `limit` of them.
   *
   * Asked at Eventual consistency: what it does not see yet was made a moment ago. Whoever acts on a document reads it again.
   */
  async walk(
    tenant: string,
    kind: string,
    { after, limit }: { readonly after: string | undefined; readonly limit: number },
  ): Promise<{ readonly found: readonly StoredDocument[]; readonly isLast: boolean }> {
    const ask = async (question: WalkQuestion) => {
      const options = { consistencyLevel: ConsistencyLevel.Eventual };
      const asked = this.#container.items.query<unknown>(walkQuery(tenant, kind, question), options).fetchAll();
      return (await this.#asked('walk', asked)).resources.map((resource) => StoredDocument.parse(resource));
    };
    const page = await ask({ after, limit });
    const last = page.at(-1)?.id;
    if (last === undefined || page.length < limit) return { found: page, isLast: true };
    return { found: [...page.filter(({ id }) => id !== last), ...(await ask({ id: last }))], isLast: false };
  }

  /** What commits still owe the bus. */
  backlog(): Promise<Backlog> {
    return readBacklog(async (query) => {
      const { resources } = await this.#asked('backlog', this.#container.items.query<unknown>(query).fetchAll());
      return resources[0];
    });
  }

  /** How many documents of a kind, from an id on, have these values: counted across partitions, for health alone. */
  async count(kind: string, { from, where }: { readonly from: string; readonly where: Filter }): Promise<number> {
    const { text, parameters } = conditionsOf(where);
    const query = {
      query: `SELECT VALUE COUNT(1) FROM c WHERE c.kind = @kind AND c.id >= @from${text}`,
      parameters: [{ name: '@kind', value: kind }, { name: '@from', value: documentId(kind, from) }, ...parameters],
    };
    const { resources } = await this.#asked('count', this.#container.items.query<number>(query).fetchAll());
    return resources[0] ?? 0;
  }

  /** Some of a boundary's documents that are of none of these kinds: `limit` at most. */
  async othersThan(
    boundary: string,
    kinds: readonly string[],
    limit: number,
  ): Promise<readonly Pick<StoredDocument, 'id' | 'boundary' | 'owes'>[]> {
    const query = {
      query: 'SELECT TOP @limit c.id, c.boundary, c.owes FROM c WHERE NOT ARRAY_CONTAINS(@kinds, c.kind)',
      parameters: [
        { name: '@limit', value: limit },
        { name: '@kinds', value: [...kinds] },
      ],
    };
    const found = this.#container.items.query<Pick<StoredDocument, 'id' | 'boundary' | 'owes'>>(query, {
      partitionKey: boundary,
    });
    return (await this.#asked('others', found.fetchAll())).resources;
  }

  /** One TransactionalBatch. @throws StoreUnavailableError when it may or may not have been written. */
  async execute(boundary: string, operations: readonly BatchOperation[]): Promise<BatchOutcome> {
    const written = this.#asked('batch', this.#batches.write(boundary, operations));
    const { results } = await written.finally(() => this.#tellWhenDue(operations));
    const index = results.findIndex(isRefused);
    const refused = results[index];
    if (refused === undefined) return { kind: 'written', etags: results.map(({ eTag }) => eTag) };
    const [status, substatus] = [refused.statusCode, substatusOf(refused)];
    if (troubleOf(status, substatus) !== undefined)
      throw refusalOf(`a batch in container ${this.name}`, status, substatus);
    return { kind: 'refused', index, status };
  }

  /** Removes documents of any boundaries in as few requests as possible; one that is gone already counts as removed. */
  async remove(documents: readonly Pick<StoredDocument, 'id' | 'boundary'>[]): Promise<void> {
    for (const { id, boundary } of documents) this.recent.forget(boundary, id);
    await this.#bulk(
      'delete',
      documents.map(({ id, boundary }) => ({ operationType: 'Delete', id, partitionKey: boundary })),
    );
  }

  /** Replaces a document if it has not changed since it was read; tells whether it was. */
  async replaceIfUnchanged(document: StoredDocument): Promise<boolean> {
    const { _etag: etag, boundary } = document;
    if (etag === undefined) throw new Error(`${document.id} was not read from the store: it has no ETag`);
    const outcome = await this.execute(boundary, [{ kind: 'replace', document, etag }]);
    return outcome.kind === 'written';
  }

  /** Settles when the container answers. */
  async ping(): Promise<void> {
    await this.#asked('ping', this.#container.read());
  }

  /** The consistency of the account's reads where it is weaker than it should be. */
  async weakConsistency(): Promise<string | undefined> {
    return this.#asked('consistency', weakConsistencyOf(this.#container.database.client));
  }

  /** Once it may be there, whatever became of the batch. */
  #tellWhenDue(operations: readonly BatchOperation[]): void {
    for (const { kind, document } of operations)
      if (kind !== 'delete') {
        if (document.dueAt !== undefined) this.dueTimes.tell(document.dueAt);
        if (document.owes !== undefined) this.carriedTimes.tell(document.owes.dueAt);
      }
  }

  /** By `items.bulk`: `executeBulkOperations` waits a second before it sends a batch that is not full. */
  #bulk(name: string, operations: readonly OperationInput[]): Promise<readonly OperationResponse[]> {
    return inBulk(operations, (some) =>
      this.#asked(name, this.#container.items.bulk([...some], { continueOnError: true })),
    );
  }

  async #asked<T>(operation: string, answer: Promise<T>): Promise<T> {
    try {
      const given = await answer;
      this.#charge(operation, requestChargeOf(given));
      return given;
    } catch (error) {
      this.#charge(operation, requestChargeOf(error));
      throw asStoreError(error, this.name);
    }
  }
}

/** Which document it is, though it may be none of ours. */
function described(resource: unknown): string {
  const { data } = z.object({ id: z.string(), boundary: z.string() }).partial().safeParse(resource);
  return `${data?.id} in ${data?.boundary}`;
}
