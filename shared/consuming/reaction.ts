import type { ReceivedRecord } from '../bus/received-record.ts';
import type { ReceivedEvent } from '../events/envelope.ts';
import type { NewId } from '../ids.ts';
import type { Lookup } from '../lookups/define-lookup.ts';
import type { Projection } from '../model/projection.ts';
import type { LoadRequest } from '../persistence/commit/load-request.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { Reader } from '../persistence/reading/reader.ts';
import type { Settings } from '../settings/settings.ts';
import type { Listening } from './listening.ts';
import type { Remaking } from './remaking.ts';

/**
 * How a reaction takes effect once: `by-document`, the state itself shows that it was done; `by-marker`, for reactions
 * that only add up, a marker in the same commit remembers the event.
 */
export type Once = 'by-document' | 'by-marker';

/**
 * Where a reaction writes, without tenant: in a boundary; in two, where both ends of a thing are to be written, by itself in
 * each; nowhere where the event does not concern it, which is passed over then.
 */
export type Places = string | readonly string[] | undefined;

/** What a reaction can reach beyond the boundary that it writes. */
export interface ReactionContext {
  /** The one that it writes: where it writes two, it happens once in each. */
  readonly boundary: string;
  readonly now: Date;
  /** How many events are handled in this boundary by one batch, with this one. */
  readonly together: number;
  /** Makes an id: the same one for every delivery of the event to this reaction, and in both boundaries where it writes two. */
  readonly newId: NewId;
  readonly settings: Settings;
  /** Reads what the service has elsewhere. */
  readonly reader: Reader;
  readonly lookup: Lookup;
  /** Opens a unit of work in another boundary, for a reaction that commits itself: an erasure. */
  readonly unitOfWork: (boundary: string) => UnitOfWork;
}

/** What a service does when something happened. */
export interface Reaction {
  readonly name: string;
  readonly on: Listening;
  readonly once: Once;
  /** What a rebuild makes anew of events. */
  readonly projects?: readonly Projection<unknown>[];
  /** How a rebuild makes anew of documents what it has made. */
  readonly remakes?: Remaking;
  readonly boundary: (event: ReceivedEvent) => Places;
  /** What handling the event will load: fetched in one query for a whole group of events. */
  readonly reads?: ((event: ReceivedEvent, boundary: string) => readonly LoadRequest[]) | undefined;
  /** Whether what this process last saw of the boundary shows that there is nothing to do any more: then nothing is read for it. */
  readonly isDone?: ((event: ReceivedEvent, work: Pick<UnitOfWork, 'recall'>) => boolean) | undefined;
  /** Whether nobody waits for it, so that it takes up together what comes within a moment. */
  readonly gathers?: boolean;
  /**
   * What the names of the boundaries begin with that it empties, where it does that. It commits its own work then, so it is
   * run alone, and on what is stored.
   */
  readonly erases?: string | undefined;
  readonly handle: (event: ReceivedEvent, work: UnitOfWork, context: ReactionContext) => Promise<void>;
}

/** An event on its way to one reaction. */
export interface Task {
  readonly reaction: Reaction;
  readonly event: ReceivedEvent;
  /** The boundary, where the reaction writes two by this event. */
  readonly end?: string | undefined;
  /** What the event came in. */
  readonly record: ReceivedRecord;
}

/** A task that did not succeed, and why. */
export interface Failure {
  readonly task: Task;
  readonly error: unknown;
}
