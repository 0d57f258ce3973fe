import type { DomainEvent } from '../../events/define-event.ts';
import type { Aggregate } from '../../model/aggregate.ts';
import type { Projection } from '../../model/projection.ts';
import { keepingAttempt, keepingReceipts } from '../documents/kept-fields.ts';
import { deadlineOf, keepingParked } from '../documents/parked-deadline.ts';
import { readState, type StateType } from '../documents/read-state.ts';
import { MissingDocumentError } from '../documents/store-errors.ts';
import { documentId, type StoredDocument } from '../documents/stored-document.ts';

/** Takes note of a change and of how to take it back. */
export interface ChangeLog {
  undoable(undo: () => void): void;
  recorded(event: DomainEvent, sequence: number): void;
}

/** Makes projections anew from the events that they come from. */
export interface Rebuild {
  readonly id: string;
  readonly projections: readonly Projection<unknown>[];
}

/** A document as a unit of work holds it: what was stored, and what it is to become. */
export class Tracked<State> {
  readonly id: string;
  readonly kind: string;
  readonly stored: StoredDocument | undefined;
  #state: State | undefined;
  #version: number;
  #isChanged = false;
  /** What its commit owes the bus may be in the document. */
  readonly mayCarry: boolean;
  /** A deadline of which this code's state knows nothing: newer code has given it one, which stays. */
  readonly #newerDeadline: Pick<StoredDocument, 'dueAt' | 'parkedDueAt'>;

  constructor(type: StateType<State>, id: string, stored?: StoredDocument, isForgotten = false) {
    this.id = id;
    this.stored = stored;
    this.kind = type.kind;
    this.mayCarry = (stored === undefined ? type.changesSoon : type.changesAlone) === true;
    this.#state = stored === undefined || isForgotten ? undefined : readState(type, stored);
    this.#version = stored?.version ?? 0;
    const knowsDeadline = typeof this.#state === 'object' && this.#state !== null && 'dueAt' in this.#state;
    this.#newerDeadline = stored === undefined || isForgotten || knowsDeadline ? {} : deadlineOf(stored);
  }

  get exists(): boolean {
    return this.#state !== undefined;
  }

  /** The state, or `undefined` where the document is not there. */
  get current(): State | undefined {
    return this.#state;
  }

  /** The state. @throws MissingDocumentError when the document is not there: 404 to a caller, tried again shortly for a reaction. */
  get state(): State {
    if (this.#state === undefined) throw new MissingDocumentError(`there is no ${this.kind} ${this.id}`);
    return this.#state;
  }

  /** How many events the document has seen; a projection counts its writes. */
  get version(): number {
    return this.#version;
  }

  get isChanged(): boolean {
    return this.#isChanged && (this.exists || this.stored !== undefined);
  }

  /** The document as a commit is to write it. */
  asDocument(boundary: string): StoredDocument {
    const identity = { id: documentId(this.kind, this.id), boundary, kind: this.kind, version: this.#version };
    const document = { ...this.#newerDeadline, ...this.#state, ...identity };
    return keepingParked(keepingAttempt(document, this.stored), this.stored);
  }

  protected become(next: State | undefined, log: ChangeLog): void {
    const [state, version, isChanged] = [this.#state, this.#version, this.#isChanged];
    log.undoable(() => {
      [this.#state, this.#version, this.#isChanged] = [state, version, isChanged];
    });
    this.#state = next;
    this.#version += 1;
    this.#isChanged = true;
  }
}

/** An aggregate in a unit of work. */
export class TrackedAggregate<State> extends Tracked<State> {
  readonly #aggregate: Aggregate<State>;
  readonly #log: ChangeLog;

  constructor(aggregate: Aggregate<State>, log: ChangeLog, id: string, stored?: StoredDocument) {
    super(aggregate, id, stored);
    this.#aggregate = aggregate;
    this.#log = log;
  }

  /** Whoever wrote the document may not know yet that they did, and looks for their receipt. */
  override asDocument(boundary: string): StoredDocument {
    return keepingReceipts(super.asDocument(boundary), this.stored);
  }

  /** Folds what was decided into the state and keeps it for the commit. */
  record(events: DomainEvent | readonly DomainEvent[]): void {
    for (const event of Array.isArray(events) ? events : [events]) {
      this.become(this.#aggregate.apply(this.current, event), this.#log);
      this.#log.recorded(event, this.version);
    }
  }
}

/** A projection in a unit of work. */
export class TrackedProjection<State> extends Tracked<State> {
  readonly #log: ChangeLog;
  readonly #rebuild: Rebuild | undefined;

  /** In a rebuild, what it has not written itself is as good as not there. */
  constructor(projection: Projection<State>, log: ChangeLog, id: string, stored?: StoredDocument, rebuild?: Rebuild) {
    const isOfRebuild = rebuild?.projections.some(({ kind }) => kind === projection.kind) ?? false;
    super(projection, id, stored, isOfRebuild && stored?.rebuiltBy !== rebuild?.id);
    this.#log = log;
    this.#rebuild = isOfRebuild ? rebuild : undefined;
  }

  override asDocument(boundary: string): StoredDocument {
    const document = super.asDocument(boundary);
    return this.#rebuild === undefined ? document : { ...document, rebuiltBy: this.#rebuild.id };
  }

  /** What the projection is to be from now on. */
  put(state: State): void {
    this.become(state, this.#log);
  }

  /** Has the document gone, as long as nobody changes it before; where it is not there, nothing. */
  remove(): void {
    if (this.exists) this.become(undefined, this.#log);
  }
}
