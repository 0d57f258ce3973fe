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

/** Makes sure that whoever walks the series finds the bucket; `work` is of the series' boundary. */
export async function openBucket(work: UnitOfWork, bucket: string): Promise<void> {
  const known = await work.load(Bucket, bucket);
  if (!known.exists) known.put({});
}

/** The buckets that there are, newest first, from `first` on. */
export async function* bucketsBack(reader: Reader, series: string, first: string | undefined): AsyncGenerator<string> {
  if (first !== undefined) yield first;
  let after = first;
  for (;;) {
    const buckets = await reader.list(Bucket, series, { order: 'descending', after, limit: bucketsAtOnce });
    for (const { id } of buckets) yield id;
    after = buckets.at(-1)?.id;
    if (after === undefined || buckets.length < bucketsAtOnce) return;
  }
}
