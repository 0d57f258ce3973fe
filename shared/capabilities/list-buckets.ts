import { z } from 'zod';
import { continuationOf, invalidContinuation, positionOf } from '../http/paging.ts';
import { type BucketRange, bucketBoundary, bucketsBack, isWithin } from '../persistence/reading/buckets.ts';
import type { ListRange, Readable, Reader, Seen } from '../persistence/reading/reader.ts';
import { type ListPage, type Paging, type Sorting, type StretchReader, scalarAt } from './list-boundary.ts';

/** A series whose buckets are boundaries of their own, named so that they sort by time. */
export interface Series {
  readonly name: string;
  /** Look into this bucket alone, and into those that it is spread over: `2026-11-22.0` is within `2026-11-22`. */
  readonly within?: string | undefined;
  /** Look into the buckets of these days alone. */
  readonly days?: BucketRange['days'];
}

/** A client hands the position back: a bucket with a colon in it could lead into another series. */
const Position = z.object({
  bucket: z.string().regex(/^[A-Za-z0-9.-]+$/),
  after: z.string(),
  value: z.string().optional(),
});

/** More than a page has items, so that only a filter can make a page end before it is full. */
const maxBuckets = 120;

/**
 * A page of a series, newest bucket first, and in it by id, or by a field that is a text, from the last to the first. Where a filter leaves little, a page may be short and yet not the last.
 *
 * @example
 * const { items } = await listBuckets(reader, Price, { name: 'prices-by-day', within: '2026-11-22' }, { limit: 50 });
 */
export function listBuckets<State>(
  reader: Reader,
  type: Readable<State>,
  series: Series,
  paging: Paging,
  sorting: Omit<Sorting<State>, 'order'> = {},
): Promise<ListPage<State>> {
  const readIn = (boundary: string) => (stretch: ListRange) => reader.list(type, boundary, stretch);
  return walkBuckets(reader, readIn, series, paging, sorting);
}

/** The same of a series whose buckets are read in another way. */
export async function walkBuckets<State>(
  reader: Reader,
  readIn: (boundary: string) => StretchReader<State>,
  { name, within, days }: Series,
  { limit, continuation, where, ids }: Paging,
  { by: sortedBy, within: sortedWithin }: Omit<Sorting<State>, 'order'> = {},
): Promise<ListPage<State>> {
  const start = continuation === undefined ? undefined : positionOf(continuation, Position);
  const isOfThis = (start?.value !== undefined) === (sortedBy !== undefined);
  if (start !== undefined && !(isOfThis && isWithin(start.bucket, within))) throw invalidContinuation();
  const sortedValue = ({ state }: Seen<State>) =>
    sortedBy === undefined ? undefined : String(scalarAt(sortedBy, state));
  const listed: { readonly bucket: string; readonly item: Seen<State> }[] = [];
  let walked = 0;
  for await (const bucket of bucketsBack(reader, { series: name, within, days }, start?.bucket)) {
    const { after, value: afterValue } = bucket === start?.bucket ? start : {};
    // One more than asked for tells whether there is a next page.
    const left = limit + 1 - listed.length;
    const sorting = { order: 'descending', sortedBy, sortedWithin, after, afterValue } as const;
    const found = await readIn(bucketBoundary(name, bucket))({ ...sorting, ids, limit: left, where });
    listed.push(...found.map((item) => ({ bucket, item })));
    walked += 1;
    const isFull = listed.length > limit;
    if (!isFull && walked < maxBuckets) continue;
    const page = listed.slice(0, limit);
    const last = isFull ? page.at(-1) : undefined;
    return {
      items: page.map(({ item }) => item),
      continuation:
        last === undefined
          ? afterBucket(bucket, sortedBy)
          : continuationAfter(last.bucket, last.item.id, sortedValue(last.item)),
    };
  }
  return { items: listed.map(({ item }) => item) };
}

/** Goes on behind this item of this bucket. */
export function continuationAfter(bucket: string, id: string, value?: string): string {
  return continuationOf({ bucket, after: id, value });
}

/** Goes on with the bucket before this one: no id, and no text, comes before the empty one. */
function afterBucket(bucket: string, sortedBy: string | undefined): string {
  return continuationAfter(bucket, '', sortedBy === undefined ? undefined : '');
}
