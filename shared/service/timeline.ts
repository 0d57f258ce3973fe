import { z } from 'zod';
import type { DataOf, EventDefinition } from '../events/define-event.ts';
import type { ReceivedEvent } from '../events/envelope.ts';
import { continuationOf, positionOf } from '../http/paging.ts';
import { defineProjection } from '../persistence/projection.ts';
import type { Address, Readable, Reader, Seen } from '../persistence/reader.ts';
import { type ListPage, listBoundary, type Paging } from './list-boundary.ts';
import { type Subscriber, subscriber } from './subscriber.ts';

const Pointer = z.object({ of: z.object({ boundary: z.string(), id: z.string() }) });
type Pointer = z.infer<typeof Pointer>;

const Entry = defineProjection({ kind: 'entry', state: Pointer });
const Bucket = defineProjection({ kind: 'bucket', state: z.object({}) });

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

/** A client hands the position back: a bucket with a colon in it could lead into another series. */
const Position = z.object({ bucket: z.string().regex(/^[A-Za-z0-9.-]+$/), after: z.string() });
const bucketsAtOnce = 31;

/**
 * Keeps entries that hold what does not change. A series in buckets has a boundary for each, and a list walks back from
 * bucket to bucket, so it never crosses partitions; the buckets that there are stand in the series' own boundary.
 *
 * Entries sort by the id of their event, which sorts by time (UUID version 7).
 */
export function timeline<E extends EventDefinition, State>(
  specification: TimelineSpecification<E, State>,
): Timeline<State> {
  const { of, bucket } = specification;
  const entriesOf = bucket === undefined ? entriesOfSeries : entriesOfBuckets;
  return {
    word: 'timeline',
    subscribers:
      bucket === undefined ? [enter(specification)] : [enter(specification), openBucket(specification, bucket)],
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
    boundary: (event) => boundaryOf(series(event as Event), bucket?.(event as Event)),
    reads: ({ id }) => [{ type: Entry, id, isLikelyNew: true }],
    async handle(event, work) {
      const entry = await work.expectNew(Entry, event.id);
      if (!entry.exists) entry.put({ of: address(event as Event) });
    },
  });
}

function openBucket<E extends EventDefinition, State>(
  { name, on, series }: TimelineSpecification<E, State>,
  bucketOf: (event: ReceivedEvent<DataOf<E>>) => string,
): Subscriber {
  type Event = ReceivedEvent<DataOf<E>>;
  return subscriber<EventDefinition>({
    name: `${name}-buckets`,
    on,
    once: 'by-document',
    boundary: (event) => series(event as Event),
    async handle(event, work) {
      const bucket = await work.load(Bucket, bucketOf(event as Event));
      if (!bucket.exists) bucket.put({});
    },
  });
}

function entriesOfSeries(reader: Reader, series: string, paging: Paging): Promise<ListPage<Pointer>> {
  return listBoundary(reader, Entry, series, paging, 'descending');
}

async function entriesOfBuckets(
  reader: Reader,
  series: string,
  { limit, continuation }: Paging,
): Promise<ListPage<Pointer>> {
  const start = continuation === undefined ? undefined : positionOf(continuation, Position);
  // One entry more than asked for tells whether there is a next page.
  const entries = await entriesBack(reader, series, start, limit + 1);
  const page = entries.slice(0, limit);
  const items = page.map(({ entry }) => entry);
  const last = page.at(-1);
  if (last === undefined || entries.length <= limit) return { items };
  return { items, continuation: continuationOf({ bucket: last.bucket, after: last.entry.id }) };
}

interface Listed {
  readonly bucket: string;
  readonly entry: Seen<Pointer>;
}

async function entriesBack(
  reader: Reader,
  series: string,
  start: z.infer<typeof Position> | undefined,
  limit: number,
): Promise<readonly Listed[]> {
  const entries: Listed[] = [];
  for await (const bucket of bucketsBack(reader, series, start?.bucket)) {
    const after = bucket === start?.bucket ? start.after : undefined;
    const stretch = { order: 'descending', after, limit: limit - entries.length } as const;
    const found = await reader.list(Entry, boundaryOf(series, bucket), stretch);
    entries.push(...found.map((entry) => ({ bucket, entry })));
    if (entries.length >= limit) break;
  }
  return entries;
}

/** The buckets that there are, newest first, from `first` on. */
async function* bucketsBack(reader: Reader, series: string, first: string | undefined): AsyncGenerator<string> {
  if (first !== undefined) yield first;
  let after = first;
  for (;;) {
    const buckets = await reader.list(Bucket, series, { order: 'descending', after, limit: bucketsAtOnce });
    for (const { id } of buckets) yield id;
    after = buckets.at(-1)?.id;
    if (after === undefined || buckets.length < bucketsAtOnce) return;
  }
}

function boundaryOf(series: string, bucket: string | undefined): string {
  return bucket === undefined ? series : `${series}:${bucket}`;
}
