import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listBuckets } from '../../../shared/capabilities/list-buckets.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { openBucket } from '../../../shared/persistence/reading/buckets.ts';
import { Reader } from '../../../shared/persistence/reading/reader.ts';
import { type KernelBench, kernelBench } from '../../rigs/kernel/kernel-bench.ts';

const Thing = defineProjection({ kind: 'thing', state: z.object({ colour: z.string() }) });
const series = { name: 'things' };
const days = (count: number) =>
  Array.from({ length: count }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));

/** One thing a day, blue on the first day and red on all others. */
async function aThingADay({ open, container }: KernelBench, count: number): Promise<Reader> {
  for (const [index, day] of days(count).entries()) {
    const buckets = open('main/things');
    await openBucket(buckets, day);
    await buckets.commit();
    const work = open(`main/things:${day}`);
    (await work.load(Thing, `${index}`)).put({ colour: index === 0 ? 'blue' : 'red' });
    await work.commit();
  }
  return new Reader(container, 'main');
}

describe('a filtered list', () => {
  it('a filtered list ends a page after scanning much and continues from there', async () => {
    const reader = await aThingADay(await kernelBench(), 130);
    const where = { colour: 'blue' };
    const first = await listBuckets(reader, Thing, series, { limit: 10, where });
    expect(first).toEqual({ items: [], continuation: expect.any(String) });
    const second = await listBuckets(reader, Thing, series, { limit: 10, where, continuation: first.continuation });
    expect(second).toEqual({ items: [{ id: '0', version: 1, state: { colour: 'blue' } }] });
  });

  it('a filter without a value does not filter a list', async () => {
    const reader = await aThingADay(await kernelBench(), 3);
    const { items } = await listBuckets(reader, Thing, series, { limit: 10, where: { colour: undefined } });
    expect(items.map(({ id }) => id)).toEqual(['2', '1', '0']);
  });

  it('a list of one bucket stays in that bucket and refuses the continuation of another', async () => {
    const reader = await aThingADay(await kernelBench(), 3);
    const { items } = await listBuckets(reader, Thing, { ...series, within: '2026-01-02' }, { limit: 10 });
    expect(items.map(({ id }) => id)).toEqual(['1']);
    const { continuation } = await listBuckets(reader, Thing, series, { limit: 1 });
    const elsewhere = listBuckets(reader, Thing, { ...series, within: '2026-01-02' }, { limit: 10, continuation });
    await expect(elsewhere).rejects.toMatchObject({ code: 'invalid-continuation' });
  });
});
