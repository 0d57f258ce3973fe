import type { NewId } from '../ids.ts';
import type { Lookup } from '../lookups/define-lookup.ts';
import type { Aggregate } from '../model/aggregate.ts';
import type { Projection } from '../model/projection.ts';
import type { TrackedAggregate, TrackedProjection } from '../persistence/commit/tracked.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Reader } from '../persistence/reading/reader.ts';
import type { Settings } from '../settings/settings.ts';
import type { ReadHealth } from '../telemetry/service-health.ts';

/** What a visit can reach beyond the boundary of what is due. */
export interface DeadlineContext {
  readonly now: Date;
  /** Makes an id: the same one whenever a visit to what is due at this time is made again. */
  readonly newId: NewId;
  readonly settings: Settings;
  readonly tenant: string;
  readonly reader: Reader;
  readonly lookup: Lookup;
  readonly health: ReadHealth;
  /**
   * Opens a unit of work in another boundary. It is committed before that of the deadline itself, so a visit that breaks
   * off in between is made again: what is done elsewhere must be the same when it is done twice.
   */
  readonly unitOfWork: (boundary: string) => UnitOfWork;
}

export interface DeadlineSpecification<Type, Loaded, State> {
  /** The capability's name. */
  readonly name: string;
  /** The aggregate or projection whose `dueAt` it serves. */
  readonly on: Type;
  /**
   * Whether what becomes due within ten seconds is due at once (`dueAtOnce`): the process that commits it visits it right after
   * the commit, and what a crash has left the sweep does. By default everything waits for its time, and then for the sweep.
   */
  readonly isDueAtOnce?: (state: State) => boolean;
  /** Does what the passing of time means; the outcome must move or clear `dueAt`. */
  readonly handle: (due: Loaded, work: UnitOfWork, context: DeadlineContext) => Promise<void>;
}

/** A deadline without its types, for the sweep. */
export interface Deadline {
  readonly word: 'deadline';
  readonly name: string;
  readonly kind: string;
  /** Whether a document that becomes due within ten seconds is visited right after its commit. */
  readonly isDueAtOnce: (document: StoredDocument) => boolean;
  /** Visits a document of this kind within a unit of work. @throws Error when it leaves `dueAt` where it is. */
  readonly visit: (id: string, dueAt: string, work: UnitOfWork, context: DeadlineContext) => Promise<void>;
  /** What becomes of a document whose visit is given up, where it is due again all the same. */
  readonly givenUp?: (
    document: StoredDocument,
    context: Pick<DeadlineContext, 'now' | 'settings'>,
  ) => StoredDocument | undefined;
}

interface Due {
  readonly dueAt?: string | undefined;
}

type Loaded<State> = TrackedAggregate<State> & TrackedProjection<State>;

/**
 * A capability that is due at a time: a document says when, in `dueAt`.
 *
 * @example
 * export const expireOrder = deadline({
 *   name: 'expire-order',
 *   on: Order,
 *   async handle(order) {
 *     order.record(cancel(order.state, 'timed-out'));
 *   },
 * });
 */
export function deadline<State extends Due>(
  specification: DeadlineSpecification<Aggregate<State>, TrackedAggregate<State>, State>,
): Deadline;
export function deadline<State extends Due>(
  specification: DeadlineSpecification<Projection<State>, TrackedProjection<State>, State>,
): Deadline;
export function deadline<State extends Due>({
  name,
  on,
  isDueAtOnce,
  handle,
}: DeadlineSpecification<Aggregate<State> | Projection<State>, Loaded<State>, State>): Deadline {
  return {
    word: 'deadline',
    name,
    kind: on.kind,
    isDueAtOnce: (document) => isDueAtOnce?.(on.parse(document)) ?? false,
    async visit(id, dueAt, work, context) {
      const due = on.nature === 'aggregate' ? await work.load(on, id) : await work.load(on, id);
      if (due.current?.dueAt !== dueAt) return;
      // Above, each kind of document is paired with what it is loaded as.
      await handle(due as Loaded<State>, work, context);
      if (due.current?.dueAt === dueAt)
        throw new Error(`${name} left ${on.kind} ${id} due: it must move or clear dueAt`);
    },
  };
}
