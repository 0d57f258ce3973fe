import { dayOf, later } from '../clock.ts';
import type { DataOf, EventDefinition } from '../events/define-event.ts';
import type { ReceivedEvent } from '../events/envelope.ts';
import { idsFrom } from '../ids.ts';
import { Bucket, type BucketRange, bucketBoundary, openBucket } from '../persistence/reading/buckets.ts';
import type { Address, IdRange, Readable, Reader } from '../persistence/reading/reader.ts';
import { type ListPage, listStretch, type Paging } from './list-boundary.ts';
import { walkBuckets } from './list-buckets.ts';
import { type Subscriber, subscriber } from './subscriber.ts';
import { entriesIn } from './timelines/entries-in.ts';
import { enterThing, entryIdOf, TimelineEntry } from './timelines/timeline-entry.ts';

export interface TimelineSpecification<E extends EventDefinition, State> {
  readonly name: string;
  /** The event that makes an entry: what happens once to each thing listed. */
  readonly on: E;
  /** What is listed: its current state is read when the list is. */
  readonly of: Readable<State>;
  /** The list that the entry belongs to: `orders-by-day`, `orders-of-customer:{id}`; none where the event makes no entry. */
  readonly series: (event: ReceivedEvent<DataOf<E>>) => string | undefined;
  /** The part of the series, by a name that sorts by time (`2026-11-22`); without it the series is one boundary. */
  readonly bucket?: (event: ReceivedEvent<DataOf<E>>) => string;
  readonly address: (event: ReceivedEvent<DataOf<E>>) => Address;
  /** When the event happened that made the entry, for lists `during` a time; buckets are of UTC days then, or longer. */
  readonly happenedAt?: (state: State) => string;
}

/** A time: from an instant on, and before another; ISO 8601 in UTC with milliseconds. */
export interface Period {
  readonly from?: string | undefined;
  readonly before?: string | undefined;
}

/** A page of a timeline. */
export interface TimelinePaging<State> extends Pick<Paging, 'limit' | 'continuation'> {
  /** Only what happened then. */
  readonly during?: Period | undefined;
  /** Only what is so now. The rest is read and left out, so this is for series that are short; a page may be, and yet not the last. */
  readonly only?: ((state: State) => boolean) | undefined;
}

/** A list by time over things that live in boundaries of their own. */
export interface Timeline<State> {
  readonly word: 'timeline';
  readonly subscribers: readonly Subscriber[];
  /** A page of a series, newest first; follows writes within moments. */
  readonly list: (reader: Reader, series: string, paging: TimelinePaging<State>) => Promise<ListPage<State>>;
}

/**
 * Keeps entries that hold what does not change. A series in buckets has a boundary for each, and a list walks back from
 * bucket to bucket, so it never crosses partitions; the buckets that there are stand in the series' own boundary.
 *
 * Entries sort by the id of their event, which sorts by time (UUID version 7). What comes many at once shares a few documents.
 *
 * @example
 * export const ordersByDay = timeline({
 *   name: 'list-orders-by-day',
 *   on: OrderCreated,
 *   of: Order,
 *   series: () => 'orders-by-day',
 *   bucket: ({ data }) => dayOf(data.placedAt),
 *   address: ({ data: { orderId } }) => ({ boundary: orderBoundary(orderId), id: orderId }),
 * });
 *
 * // in the handler of an endpoint
 * const page = await ordersByDay.list(reader, 'orders-by-day', { limit: 50 });
 */
export function timeline<E extends EventDefinition, State>(
  specification: TimelineSpecification<E, State>,
): Timeline<State> {
  const { name, of, bucket, happenedAt } = specification;
  const entriesOf = bucket === undefined ? entriesOfSeries : entriesOfBuckets;
  return {
    word: 'timeline',
    subscribers:
      bucket === undefined ? [enter(specification)] : [enter(specification), enterBucket(specification, bucket)],
    async list(reader, series, { during, only = () => true, ...paging }) {
      const { items, ...rest } = await entriesOf(reader, { series, during }, paging);
      const addresses = items.map(({ state }) => state);
      const things = (await reader.readAll(of, addresses)).filter(({ state }) => only(state));
      if (during === undefined) return { items: things, ...rest };
      if (happenedAt === undefined) throw new Error(`${name} does not say when something happened: give it happenedAt`);
      return { items: things.filter(({ state }) => isIn(during, happenedAt(state))), ...rest };
    },
  };
}

function enter<E extends EventDefinition, State>({
  name,
  on,
  series,
  bucket,
  address,
}: TimelineSpecification<E, State>): Subscriber {
  type Event = ReceivedEvent<DataOf<E>>;
  return subscriber<EventDefinition>({
    name,
    on,
    once: 'by-document',
    projects: [TimelineEntry],
    gathers: true,
    boundary: (event) => boundaryOf(series(event as Event), bucket?.(event as Event)),
    reads: (event) => [{ type: TimelineEntry, id: entryIdOf(event), isLikelyNew: true }],
    handle: (event, work, { together }) =>
      enterThing(work, { id: entryIdOf(event), of: address(event as Event) }, { together }),
  });
}

function enterBucket<E extends EventDefinition, State>(
  { name, on, series }: TimelineSpecification<E, State>,
  bucketOf: (event: ReceivedEvent<DataOf<E>>) => string,
): Subscriber {
  type Event = ReceivedEvent<DataOf<E>>;
  return subscriber<EventDefinition>({
    name: `${name}-buckets`,
    on,
    once: 'by-document',
    projects: [Bucket],
    gathers: true,
    boundary: (event) => series(event as Event),
    async handle(event, work) {
      await openBucket(work, bucketOf(event as Event));
    },
  });
}

interface Stretch {
  readonly series: string;
  readonly during: Period | undefined;
}

function entriesOfSeries(reader: Reader, { series, during }: Stretch, paging: Paging): Promise<ListPage<Address>> {
  return listStretch(entriesIn(reader, series), { ...paging, ids: idsOf(during) }, { order: 'descending' });
}

function entriesOfBuckets(reader: Reader, { series, during }: Stretch, paging: Paging): Promise<ListPage<Address>> {
  const readIn = (boundary: string) => entriesIn(reader, boundary);
  return walkBuckets(reader, readIn, { name: series, days: daysOf(during) }, { ...paging, ids: idsOf(during) });
}

/** The id of an event is made a little later than it says it happened: what is in between is found, and left out by what it says. */
const latestIdMs = 60_000;
/** A clock may have been set back by so much in between. */
const earliestIdMs = 1_000;

function idsOf({ from, before }: Period = {}): IdRange {
  return {
    from: from === undefined ? undefined : idsFrom(new Date(Date.parse(from) - earliestIdMs)),
    before: before === undefined ? undefined : idsFrom(new Date(Date.parse(before) + latestIdMs)),
  };
}

function daysOf({ from, before }: Period = {}): BucketRange['days'] {
  return {
    first: from === undefined ? undefined : dayOf(from),
    last: before === undefined ? undefined : dayOf(later(new Date(before), -1)),
  };
}

function isIn({ from, before }: Period, instant: string): boolean {
  return (from === undefined || from <= instant) && (before === undefined || instant < before);
}

function boundaryOf(series: string | undefined, bucket: string | undefined): string | undefined {
  return series === undefined || bucket === undefined ? series : bucketBoundary(series, bucket);
}
