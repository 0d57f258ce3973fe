import type { DataOf, EventDefinition } from '../../events/define-event.ts';
import type { ReceivedEvent } from '../../events/envelope.ts';
import type { Aggregate } from '../../model/aggregate.ts';
import type { Projection } from '../../model/projection.ts';
import type { BucketRange } from '../../persistence/reading/buckets.ts';
import type { Address, Criterion, Seen } from '../../persistence/reading/reader.ts';
import type { Paging } from '../list-boundary.ts';
import type { EntryFields } from './directory-entry.ts';

export interface DirectorySpecification<E extends EventDefinition, State, Fields extends EntryFields, Beside> {
  /** The capability's name; also what replays, dead letters and its entries call it, so it never changes. */
  readonly name: string;
  /** What is listed. Its documents are never deleted, only emptied by an event. */
  readonly of: Aggregate<State>;
  /** What is put beside it, under its id, where entries tell of that: it changes with an event of the thing. */
  readonly beside?: Projection<Beside>;
  /** The thing's own events, after which its entry may be another. */
  readonly on: E | readonly E[];
  /** Whether an event is one of those, where not each is. After the last one that is passed over, the entry must still be right. */
  readonly concerns?: (event: ReceivedEvent<DataOf<E>>) => boolean;
  /**
   * The boundary of the entry, by what every event and the document tell. Entries have it to themselves, and it never changes for
   * a thing: a place that can change is a field.
   */
  readonly boundary: (told: { readonly data: DataOf<E> | State }) => string;
  /**
   * The part of that boundary, by a name that sorts by time (`2026-11-22`) and never changes for a thing either: for what grows
   * without end. Each is a boundary of its own, and a list walks back from one to the other, so it is descending.
   */
  readonly bucket?: (told: { readonly data: DataOf<E> | State }) => string;
  /** Where the thing is. */
  readonly address: (event: ReceivedEvent<DataOf<E>>) => Address;
  /** By what the thing is listed; nothing where it is over. */
  readonly entry: (state: State, beside: Beside | undefined) => Fields | undefined;
  /** The fields that lists are filtered by for one value. Where a question names several, an index serves the first of them here. */
  readonly filters?: readonly (keyof Fields & string)[];
  /** The field that lists are sorted by, a text that each entry has: an instant, a name. */
  readonly order: keyof Fields & string;
  /** Whether lists begin with the last, such as the newest. */
  readonly isDescending?: boolean;
}

/** Which part of a directory is asked for. */
export interface DirectoryPaging<Fields> extends Pick<Paging, 'limit' | 'continuation'> {
  /** Only what has this in its fields. */
  readonly where?: { readonly [Name in keyof Fields]?: Criterion | undefined } | undefined;
  /** Only in the buckets of these days, where there are buckets. */
  readonly days?: BucketRange['days'];
}

/** A thing as it is now, with what is put beside it, where the directory says what that is. */
export interface ListedThing<State, Beside> extends Seen<State> {
  readonly beside: Beside | undefined;
}
