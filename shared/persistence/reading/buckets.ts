import { z } from 'zod';
import { defineProjection } from '../../model/projection.ts';
import type { UnitOfWork } from '../commit/unit-of-work.ts';
import type { Reader } from './reader.ts';

/** Says that a series has something in the bucket of this name; stands in the series' own boundary. */
export const Bucket = defineProjection({ kind: 'bucket', state: z.object({}) });

const bucketsAtOnce = 31;

/** A part of a series has a boundary of its own. */
export function bucketBoundary(series: string, bucket: string): string {
  return `${series}:${bucket}`;
}

/** Makes sure that whoever walks the series finds the bucket; `work` is of the series' boundary. One that was found stays. */
export async function openBucket(work: UnitOfWork, bucket: string): Promise<void> {
  if (work.recall(Bucket, bucket) !== undefined) return;
  const known = await work.load(Bucket, bucket);
  if (known.exists) work.remember(known);
  else known.put({});
}

/** Which of the buckets of a series. */
export interface BucketRange {
  readonly series: string;
  /** Only this one, and those that it is spread over. */
  readonly within?: string | undefined;
  /** Only those of these days, the first and the last included. */
  readonly days?: { readonly first?: string | undefined; readonly last?: string | undefined } | undefined;
}

/** Whether a bucket is of that name, or one of several that it is spread over: `2026-11-22.0`. */
export function isWithin(bucket: string, name: string | undefined): boolean {
  return name === undefined || bucket === name || bucket.startsWith(`${name}.`);
}

/** Whether a bucket is of days before this one; it may be of a longer time than a day: `2026-11`. */
function isBefore(bucket: string, day: string | undefined): boolean {
  return day !== undefined && bucket < day.slice(0, bucket.length);
}

/** The buckets that there are, newest first, from `first` on. */
export async function* bucketsBack(
  reader: Reader,
  { series, within, days = {} }: BucketRange,
  first: string | undefined,
): AsyncGenerator<string> {
  if (first !== undefined) yield first;
  const last = within ?? days.last;
  // The character behind the dot: all that begin with the name and a dot come before it.
  let after = first ?? (last === undefined ? undefined : `${last}/`);
  for (;;) {
    const buckets = await reader.list(Bucket, series, { order: 'descending', after, limit: bucketsAtOnce });
    for (const { id } of buckets) {
      if (!isWithin(id, within) || isBefore(id, days.first)) return;
      yield id;
    }
    after = buckets.at(-1)?.id;
    if (after === undefined || buckets.length < bucketsAtOnce) return;
  }
}
