import { z } from 'zod';
import type { DataOf, EventDefinition } from '../events/define-event.ts';
import type { ReceivedEvent } from '../events/envelope.ts';
import { continuationOf, positionOf } from '../http/paging.ts';
import { defineProjection } from '../persistence/projection.ts';
import type { Address, Readable, Reader, Seen } from '../persistence/reader.ts';
import type { ListPage, Paging } from './list-boundary.ts';
import { type Subscriber, subscriber } from './subscriber.ts';

const Entry = defineProjection({
  kind: 'entry',
  state: z.object({ of: z.object({ boundary: z.string(), id: z.string() }) }),
});
const Bucket = defineProjection({ kind: 'bucket', state: z.object({}) });

/** Where an event's entry belongs: a series (`orders-by-day`), and a bucket of it that sorts by time (`2026-11-22`), without colons. */
export interface Place {
  readonly series: string;
  readonly bucket: string;
}

export interface TimelineSpecification<E extends EventDefinition, State> {
  readonly name: string;
  /** The event that makes an entry: what happens once to each thing listed. */
  readonly on: E;
  /** What is listed: its current state is read when the list is. */
  readonly of: Readable<State>;
  readonly place: (event: ReceivedEvent<DataOf<E>>) => Place;
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
 * Keeps entries that hold what does not change, each bucket a boundary of its own; a list walks back from bucket to bucket,
 * so it never crosses partitions. The buckets that there are stand in the series' own boundary.
 *
 * Entries sort by the id of their event, which sorts by time (UUID version 7).
 */
export function timeline<E extends EventDefinition, State>(
  specification: TimelineSpecification<E, State>,
): Timeline<State> {
  return {
    word: 'timeline',
    subscribers: subscribersOf(specification),
    list: (reader, series, paging) => list(specification.of, reader, series, paging),
  };
}

function subscribersOf<E extends EventDefinition, State>({
  name,
  on,
  place,
  address,
}: TimelineSpecification<E, State>): readonly Subscriber[] {
  type Event = ReceivedEvent<DataOf<E>>;
  const definition: EventDefinition = on;
  return [
    subscriber({
      name,
      on: definition,
      once: 'by-document',
      boundary: (event) => bucketBoundary(place(event as Event)),
      reads: ({ id }) => [{ type: Entry, id }],
      async handle(event, work) {
        const entry = await work.load(Entry, event.id);
        if (!entry.exists) entry.put({ of: address(event as Event) });
      },
    }),
    subscriber({
      name: `${name}-buckets`,
      on: definition,
      once: 'by-document',
      boundary: (event) => place(event as Event).series,
      async handle(event, work) {
        const bucket = await work.load(Bucket, place(event as Event).bucket);
        if (!bucket.exists) bucket.put({});
      },
    }),
  ];
}

async function list<State>(
  of: Readable<State>,
  reader: Reader,
  series: string,
  { limit, continuation }: Paging,
): Promise<ListPage<State>> {
  const start = continuation === undefined ? undefined : positionOf(continuation, Position);
  // One entry more than asked for tells whether there is a next page.
  const entries = await entriesBack(reader, series, start, limit + 1);
  const page = entries.slice(0, limit);
  const last = page.at(-1);
  const items = await reader.readAll(
    of,
    page.map(({ entry }) => entry.state.of),
  );
  if (last === undefined || entries.length <= limit) return { items };
  return { items, continuation: continuationOf({ bucket: last.bucket, after: last.entry.id }) };
}

interface Listed {
  readonly bucket: string;
  readonly entry: Seen<{ readonly of: Address }>;
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
    const found = await reader.list(Entry, bucketBoundary({ series, bucket }), stretch);
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

function bucketBoundary({ series, bucket }: Place): string {
  return `${series}:${bucket}`;
}
