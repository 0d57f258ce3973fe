import { z } from 'zod';
import type { DataOf, EventDefinition } from '../events/define-event.ts';
import type { ReceivedEvent } from '../events/envelope.ts';
import { defineProjection } from '../model/projection.ts';
import { Bucket, bucketBoundary, openBucket } from '../persistence/reading/buckets.ts';
import type { Address, Readable, Reader } from '../persistence/reading/reader.ts';
import { type ListPage, listBoundary, type Paging } from './list-boundary.ts';
import { listBuckets } from './list-buckets.ts';
import { type Subscriber, subscriber } from './subscriber.ts';

const Pointer = z.object({ of: z.object({ boundary: z.string(), id: z.string() }) });
type Pointer = z.infer<typeof Pointer>;

const Entry = defineProjection({ kind: 'entry', state: Pointer });

export interface TimelineSpecification<E extends EventDefinition, State> {
  readonly name: string;
  /** The event that makes an entry: what happens once to each thing listed. */
  readonly on: E;
  /** What is listed: its current state is read when the list is. */
  readonly of: Readable<State>;
  /** The list that the entry belongs to: `orders-by-day`, `orders-of-customer:{id}`. */
  readonly series: (event: ReceivedEvent<DataOf<E>>) => string;
  /** The part of the series, by a name that sorts by time (`2026-11-22`); without it the series is one boundary. */
  readonly bucket?: (event: ReceivedEvent<DataOf<E>>) => string;
  readonly address: (event: ReceivedEvent<DataOf<E>>) => Address;
}

/** A list by time over things that live in boundaries of their own. */
export interface Timeline<State> {
  readonly word: 'timeline';
  readonly subscribers: readonly Subscriber[];
  /** A page of a series, newest first; follows writes within moments. */
  readonly list: (reader: Reader, series: string, paging: Paging) => Promise<ListPage<State>>;
}

/**
 * Keeps entries that hold what does not change. A series in buckets has a boundary for each, and a list walks back from
 * bucket to bucket, so it never crosses partitions; the buckets that there are stand in the series' own boundary.
 *
 * Entries sort by the id of their event, which sorts by time (UUID version 7).
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
  const { of, bucket } = specification;
  const entriesOf = bucket === undefined ? entriesOfSeries : entriesOfBuckets;
  return {
    word: 'timeline',
    subscribers:
      bucket === undefined ? [enter(specification)] : [enter(specification), enterBucket(specification, bucket)],
    async list(reader, series, paging) {
      const { items, ...rest } = await entriesOf(reader, series, paging);
      return {
        items: await reader.readAll(
          of,
          items.map(({ state }) => state.of),
        ),
        ...rest,
      };
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
    projects: [Entry],
    boundary: (event) => boundaryOf(series(event as Event), bucket?.(event as Event)),
    reads: ({ id }) => [{ type: Entry, id, isLikelyNew: true }],
    async handle(event, work) {
      const entry = await work.expectNew(Entry, event.id);
      if (!entry.exists) entry.put({ of: address(event as Event) });
    },
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
    boundary: (event) => series(event as Event),
    async handle(event, work) {
      await openBucket(work, bucketOf(event as Event));
    },
  });
}

function entriesOfSeries(reader: Reader, series: string, paging: Paging): Promise<ListPage<Pointer>> {
  return listBoundary(reader, Entry, series, paging, { order: 'descending' });
}

function entriesOfBuckets(reader: Reader, series: string, paging: Paging): Promise<ListPage<Pointer>> {
  return listBuckets(reader, Entry, { name: series }, paging);
}

function boundaryOf(series: string, bucket: string | undefined): string {
  return bucket === undefined ? series : bucketBoundary(series, bucket);
}
