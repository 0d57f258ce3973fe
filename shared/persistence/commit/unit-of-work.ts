import type { Cause } from '../../events/cause.ts';
import type { DomainEvent } from '../../events/define-event.ts';
import { seal } from '../../events/seal.ts';
import type { Aggregate } from '../../model/aggregate.ts';
import type { Projection } from '../../model/projection.ts';
import type { DocumentContainer } from '../documents/document-container.ts';
import { readState, type StateType } from '../documents/read-state.ts';
import { documentId, type StoredDocument } from '../documents/stored-document.ts';
import type { Address, Seen } from '../reading/reader.ts';
import { carrierAmong } from './carried-events.ts';
import { type Change, changeOf, isNewlyDue } from './change.ts';
import { commitBatch } from './commit-batch.ts';
import { withCommitSpans } from './commit-spans.ts';
import { emptyBoundary } from './empty-boundary.ts';
import { Guesses } from './guesses.ts';
import { inboxMarker } from './inbox.ts';
import type { LoadRequest } from './load-request.ts';
import { type NewOutboxDocument, type OutboxMessage, outboxDocument } from './outbox.ts';
import { OverwrittenEvents } from './overwritten-events.ts';
import { OwedMessages } from './owed-messages.ts';
import { lookAt, type ReadingPlace, readAhead } from './read-ahead.ts';
import { ReadDocuments } from './read-documents.ts';
import { Tombstone, tombstoneId } from './tombstone.ts';
import { type ChangeLog, type Tracked, TrackedAggregate, TrackedProjection } from './tracked.ts';
import type { UnitOfWorkOptions } from './unit-of-work-options.ts';

/** Everything that a unit of work would do up to some moment; give it to `rollBack` to forget what came after. */
export type Savepoint = number;

/**
 * Writes everything recorded since it was opened as one Cosmos TransactionalBatch, or nothing.
 *
 * Loads each document once (identity map). The outbox document doubles as receipt, see `commitBatch`.
 *
 * @example
 * const order = await work.load(Order, id);
 * order.record(cancel(order.state, 'by-customer'));
 * await work.commit();
 */
export class UnitOfWork {
  readonly #place: UnitOfWorkOptions;
  readonly #container: DocumentContainer;
  /** What was not looked for: whoever commits the work minds whether that is proved. */
  readonly guesses = new Guesses();
  /** What is recorded follows from the last of these. */
  readonly #causes: Cause[];
  readonly #tracked = new Map<string, Tracked<unknown>>();
  #read = new ReadDocuments();
  readonly #relied = new Set<Tracked<unknown>>();
  readonly #markers: StoredDocument[] = [];
  readonly #undo: (() => void)[] = [];
  readonly #log: ChangeLog = {
    undoable: (undo) => {
      this.#requireOpen();
      this.#undo.push(undo);
    },
    recorded: (event, sequence) => this.#record(event, sequence),
  };
  readonly #owed = new OwedMessages(this.#log);
  #answer: StoredDocument | undefined;
  #isSent = false;

  constructor(place: UnitOfWorkOptions, cause: Cause) {
    this.#place = place;
    this.#container = place.charge === undefined ? place.container : place.container.charging(place.charge);
    this.#causes = [cause];
  }

  /** The document of that kind and id, there or not. */
  async load<State>(type: Aggregate<State>, id: string): Promise<TrackedAggregate<State>>;
  async load<State>(type: Projection<State>, id: string): Promise<TrackedProjection<State>>;
  async load<State>(type: Aggregate<State> | Projection<State>, id: string): Promise<Tracked<State>> {
    const documentIdentifier = documentId(type.kind, id);
    if (this.#read.has(documentIdentifier)) this.#track(type, id, this.#read.get(documentIdentifier));
    if (!this.#tracked.has(documentIdentifier)) {
      const recalled = this.#recalled(documentIdentifier);
      const stored = recalled ?? (await this.#container.read(this.#place.boundary, documentIdentifier));
      const tracked = this.#track(type, id, stored);
      if (recalled === undefined) this.#read.add(documentIdentifier, stored);
      else this.#guess(tracked);
    }
    // The kind is part of the key, so what is tracked under it is of this type.
    return this.#tracked.get(documentIdentifier) as Tracked<State>;
  }

  /**
   * A document that is most likely new, so at first it is not looked for. Where it exists after all, the commit fails with
   * StaleStateError, and the retry looks.
   */
  async expectNew<State>(type: Aggregate<State>, id: string): Promise<TrackedAggregate<State>>;
  async expectNew<State>(type: Projection<State>, id: string): Promise<TrackedProjection<State>>;
  async expectNew<State>(type: Aggregate<State> | Projection<State>, id: string): Promise<Tracked<State>> {
    if (!this.#place.isRetry) this.#guess(this.#track(type, id, undefined));
    return type.nature === 'aggregate' ? this.load(type, id) : this.load(type, id);
  }

  /** The documents of that kind that it has loaded, or makes. */
  loaded<State>(type: Projection<State>): readonly TrackedProjection<State>[] {
    // As for `load`: what is of this kind is of this type.
    return [...this.#tracked.values()].filter(({ kind }) => kind === type.kind) as TrackedProjection<State>[];
  }

  /** Whether this may have been done before: it is tried again, or an event is replayed. */
  get isRetry(): boolean {
    return this.#place.isRetry ?? false;
  }

  /** Whether projections are made anew. */
  get isRebuild(): boolean {
    return this.#place.rebuild !== undefined;
  }

  /**
   * The state of a document as this process last saw it, if it has. No commit proves that: it is for what stays true once it is, such as
   * that something was entered.
   */
  recall<State>(type: StateType<State>, id: string): State | undefined {
    const lastSeen = this.#lastSeen(documentId(type.kind, id));
    return lastSeen === undefined ? undefined : readState(type, lastSeen);
  }

  /** Has this process recall a document from now on, as it was loaded. */
  remember({ stored }: Tracked<unknown>): void {
    if (stored !== undefined) this.#container.recent.remember(stored);
  }

  /**
   * A document of another boundary of the tenant as it is now, which is not to be changed. No commit proves it, so it serves only
   * where it may change a moment later.
   */
  look<State>(type: StateType<State>, address: Address): Promise<Seen<State> | undefined> {
    return lookAt(this.#reading, type, address);
  }

  /** Fetches what will be loaded or looked at, in one request instead of one each; not what is taken to be new, or as it was last seen. */
  async preload(requests: readonly LoadRequest[]): Promise<void> {
    const isGuessed = ({ type, id, boundary, isLikelyNew = false }: LoadRequest) =>
      isLikelyNew || (boundary === undefined && this.#lastSeen(documentId(type.kind, id)) !== undefined);
    const sought = this.#place.isRetry ? requests : requests.filter((request) => !isGuessed(request));
    await readAhead(this.#reading, sought, (id) => this.#tracked.has(id));
  }

  get #reading(): ReadingPlace {
    const { boundary } = this.#place;
    return { container: this.#container, boundary, read: this.#read, mayRecall: this.#mayRecall };
  }

  /** The aggregates of that kind with these ids, there or not, in the order of the ids; those not yet loaded in one request. */
  async loadAll<State>(type: Aggregate<State>, ids: readonly string[]): Promise<TrackedAggregate<State>[]> {
    await this.preload(ids.map((id) => ({ type, id })));
    const loaded: TrackedAggregate<State>[] = [];
    for (const id of ids) loaded.push(await this.load(type, id));
    return loaded;
  }

  /** Goes on from what other units of work of this boundary have read, before anything is loaded. */
  goOnFrom(read: ReadDocuments): void {
    this.#read = read;
  }

  /** From now on, what is recorded follows from this. */
  because(cause: Cause): void {
    this.#causes.push(cause);
  }

  /** Makes the commit fail if this marker exists, and exist afterwards. */
  mark(id: string): void {
    this.#log.undoable(() => this.#markers.pop());
    this.#markers.push(inboxMarker(this.#place.boundary, id));
  }

  /** Keeps the answer to an idempotency key with the commit. */
  answerWith(answerIn: (boundary: string) => StoredDocument): void {
    this.#requireOpen();
    this.#answer = answerIn(this.#place.boundary);
  }

  /**
   * Owes the bus an event that belongs to no aggregate: nothing but the event is written. It is the first of its subject and has to be
   * the only one, so its contract names it by an id of its own.
   *
   * @example
   * work.tell(SecurityEvent({ subject: `refusal/${id}`, kind: 'admin-route-refused', at: '2026-11-22T10:00:00.000Z' }));
   *
   * @throws TooLargeError as `owe` does.
   */
  tell(event: DomainEvent): void {
    this.#record(event, 1);
  }

  /**
   * Has the commit fail with StaleStateError where a document that was read, and is not changed here, has changed since: then
   * what was decided by it is decided again. For a rule over two documents of a boundary. The document is written back as it
   * is, under its ETag: its version and its deadline stay, and a `ttl` counts from then on. Where nothing else is written,
   * nothing is decided that could be wrong, and neither is this.
   *
   * That something is not there cannot be relied on: have both who make it and who rely on that change a third document.
   *
   * @example
   * const user = await work.load(User, id);
   * if (user.state.status === 'active') work.rely(user);
   *
   * @throws Error for a document that is not there, or that this unit of work has not loaded.
   */
  rely(document: Tracked<unknown>): void {
    const { kind, id } = document;
    if (this.#tracked.get(documentId(kind, id)) !== document)
      throw new Error(`${kind} ${id} is not of this unit of work, so no commit of it can fail by that`);
    if (!document.exists && !document.isChanged)
      throw new Error(`there is no ${kind} ${id}: rely on a document that changes when one is made`);
    if (this.#relied.has(document)) return;
    this.#log.undoable(() => this.#relied.delete(document));
    this.#relied.add(document);
  }

  /**
   * Adds a message to the commit's outbox.
   *
   * @throws TooLargeError for one that the bus would refuse, or refuse to take again when it is replayed.
   */
  owe(message: OutboxMessage): void {
    this.#owed.add(message);
  }

  /**
   * Removes what is in the boundary, save documents of these kinds and what the kernel keeps there (`emptyBoundary`). Done at
   * once and for good, not with the commit: it is for the words `erasure` and `redaction`, which have nothing uncommitted
   * beside it. Doing it again finds nothing left. What was loaded before must not be changed afterwards.
   *
   * @throws StoreUnavailableError when some of it may be left: do it again.
   */
  async erase({ except }: { readonly except: readonly { readonly kind: string }[] }): Promise<void> {
    if (this.hasChanges) throw new Error('erasing is done at once: commit what was recorded before');
    await emptyBoundary(this.#container, this.#place.boundary, except);
  }

  /** Whether the boundary was erased: nothing may begin there. */
  async isErased(): Promise<boolean> {
    return (await this.load(Tombstone, tombstoneId)).exists;
  }

  savepoint(): Savepoint {
    return this.#undo.length;
  }

  /** Takes back everything since the savepoint: state, events and markers together. */
  rollBack(savepoint: Savepoint): void {
    while (this.#undo.length > savepoint) this.#undo.pop()?.();
  }

  /** Whether a commit would write anything. */
  get hasChanges(): boolean {
    if (this.#isSent) return false;
    if (this.#owed.all.length > 0 || this.#answer !== undefined) return true;
    return [...this.#tracked.values()].some(({ isChanged }) => isChanged);
  }

  /** What a commit would send. */
  get size(): { readonly operations: number; readonly messageBytes: number } {
    return { operations: this.#written.length + this.#markers.length + 2, messageBytes: this.#owed.bytes };
  }

  /**
   * Writes everything or nothing, once; nothing can be recorded from then on, unless it failed. A unit of work that recorded
   * nothing and has no answer to keep writes nothing, not even a marker.
   *
   * @throws StaleStateError, AlreadyDoneError, AlreadyAnsweredError, TooLargeError, CommitRefusedError, StoreUnavailableError; see `commitBatch`.
   */
  async commit(): Promise<void> {
    if (!this.hasChanges) return;
    const { container, boundary, clock, onCommitted, onDue, tracing } = this.#place;
    const [outbox, changes, receipt] = [this.#outbox(), this.#changes(), this.#receipt()];
    const overwritten = new OverwrittenEvents(changes, this.#place, this.#causes);
    const [answer, markers] = [this.#answer, this.#markers];
    const written = { outbox, changes, receipt, moved: overwritten.moved, answer, markers };
    const carrier = this.#place.carries === true ? carrierAmong(written, this.#owed.bytes) : undefined;
    const parts = { ...written, carrier };
    this.#isSent = true;
    try {
      await withCommitSpans(tracing, { container: this.#container, parts, cause: this.#cause }, (to) =>
        commitBatch({ container: to, boundary, clock }, parts),
      );
    } catch (error) {
      this.#isSent = false;
      throw error;
    }
    for (const { document } of parts.changes) this.#read.forget(document.id);
    overwritten.settle();
    if (outbox !== undefined) onCommitted(outbox, container, carrier);
    if (onDue !== undefined) for (const { document } of parts.changes.filter(isNewlyDue)) onDue(document);
  }

  get #cause(): Cause {
    const cause = this.#causes.at(-1);
    if (cause === undefined) throw new Error('a unit of work has a cause');
    return cause;
  }

  /** What was recorded now would be in memory, and never in the store. */
  #requireOpen(): void {
    if (this.#isSent)
      throw new Error('the unit of work is committed: record before commit(), or open another unit of work for it');
  }

  #record(event: DomainEvent, sequence: number): void {
    const { newId, service, clock } = this.#place;
    const envelope = seal(event, {
      id: newId(),
      service,
      sequence,
      time: clock.now().toISOString(),
      cause: this.#cause,
    });
    this.owe({ topic: event.definition.topic, envelope });
  }

  #recalled(id: string): StoredDocument | undefined {
    const lastSeen = this.#lastSeen(id);
    // What has to be looked for is not recalled next time either, unless it is written now.
    if (lastSeen === undefined) this.#container.recent.forget(this.#place.boundary, id);
    return lastSeen;
  }

  get #mayRecall(): boolean {
    const { recalls = false, isRetry = false } = this.#place;
    return recalls && !isRetry;
  }

  /** The document as this process last saw it, where that may count. */
  #lastSeen(id: string): StoredDocument | undefined {
    return this.#mayRecall ? this.#container.recent.recall(this.#place.boundary, id) : undefined;
  }

  /** Two loads of one document may be under way at once: the first to arrive is the one that both get. */
  #track<State>(
    type: Aggregate<State> | Projection<State>,
    id: string,
    stored: StoredDocument | undefined,
  ): Tracked<unknown> {
    const key = documentId(type.kind, id);
    const known = this.#tracked.get(key);
    if (known !== undefined) return known;
    const tracked =
      type.nature === 'aggregate'
        ? new TrackedAggregate(type, this.#log, id, stored)
        : new TrackedProjection(type, this.#log, id, stored, this.#place.rebuild);
    this.#tracked.set(key, tracked);
    return tracked;
  }

  #changes(): readonly Change[] {
    return this.#written.map((document) => changeOf(document, this.#place.boundary));
  }

  #guess(document: Tracked<unknown>): void {
    this.guesses.add(() => this.#isWritten(document));
  }

  get #written(): readonly Tracked<unknown>[] {
    return [...this.#tracked.values()].filter((document) => this.#isWritten(document));
  }

  /** What is only relied on is written where anything else is. */
  #isWritten(document: Tracked<unknown>): boolean {
    return document.isChanged || (this.#relied.has(document) && this.hasChanges);
  }

  #receipt(): string | undefined {
    const isTold = this.#owed.all.length > 0 || this.#answer !== undefined || this.#markers.length > 0;
    return isTold ? undefined : this.#place.newId();
  }

  #outbox(): NewOutboxDocument | undefined {
    if (this.#owed.all.length === 0) return undefined;
    return outboxDocument(this.#place.boundary, this.#place.newId(), this.#owed.all, this.#place.clock.now());
  }
}
