import fc from 'fast-check';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import { type Period, type Timeline, timeline } from '../../../shared/capabilities/timeline.ts';
import { entriesIn } from '../../../shared/capabilities/timelines/entries-in.ts';
import { TimelineEntry } from '../../../shared/capabilities/timelines/timeline-entry.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import type { Cause } from '../../../shared/events/cause.ts';
import { defineEvent } from '../../../shared/events/define-event.ts';
import { newId } from '../../../shared/ids.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { idWithin } from '../../../shared/persistence/documents/stored-document.ts';
import { Reader } from '../../../shared/persistence/reading/reader.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { recordOf } from '../../rigs/kernel/records.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const Happened = defineEvent({
  type: 'test.happened',
  version: 1,
  topic: 'platform-events',
  description: 'Something happened on a day.',
  data: z.object({ thing: z.string(), day: z.string(), series: z.string() }),
  subject: ({ thing }) => `thing/${thing}`,
  partitionKey: ({ thing }) => thing,
});
const Thing = defineProjection({ kind: 'thing', state: z.object({ day: z.string() }) });

const things = timeline({
  name: 'list-things',
  on: Happened,
  of: Thing,
  series: ({ data: { series } }) => (series === '' ? undefined : series),
  bucket: ({ data: { day } }) => day,
  address: ({ data: { thing } }) => ({ boundary: 'things', id: thing }),
});

function deliver(bench: RuntimeBench, records: readonly ReceivedRecord[]): Promise<void> {
  return deliverTo(bench, things, records);
}

async function deliverTo(
  { runtime }: RuntimeBench,
  { subscribers }: Pick<Timeline<unknown>, 'subscribers'>,
  records: readonly ReceivedRecord[],
): Promise<void> {
  const consumer = { name: 'things-on-platform-events', reactions: subscribers };
  await consumeBatch(records, consumer, consumeDependencies(service, runtime));
}

/** Makes things happen on these days, in this order; answers with their ids. */
async function happen(bench: RuntimeBench, series: string, days: readonly string[]): Promise<readonly string[]> {
  const { runtime } = bench;
  const ids = days.map(() => newId());
  const records = ids.map((id, index) =>
    recordOf(Happened({ thing: id, day: days[index] ?? '', series }), { id: newId() }),
  );
  const work = runtime.openUnitOfWork({
    service,
    boundary: 'main/things',
    cause: { tenant: 'main', correlationId: 'c' },
  });
  for (const [index, id] of ids.entries()) (await work.load(Thing, id)).put({ day: days[index] ?? '' });
  await work.commit();
  await deliver(bench, records);
  return ids;
}

/** Every page of a series. */
async function pages(bench: RuntimeBench, series: string, limit: number): Promise<readonly (readonly string[])[]> {
  const reader = new Reader(bench.container, 'main');
  const all: string[][] = [];
  let continuation: string | undefined;
  do {
    const page = await things.list(reader, series, { limit, continuation });
    all.push(page.items.map(({ id }) => id));
    continuation = page.continuation;
  } while (continuation !== undefined);
  return all;
}

const dayNumber = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString().slice(0, 10);

describe('a timeline', () => {
  it('a timeline returns each item once, newest first, for any gaps and page size', async () => {
    const bench = await runtimeBench();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 13 }),
        async (numbers, limit) => {
          run += 1;
          const series = `things-${run}`;
          const days = numbers.toSorted((a, b) => a - b).map(dayNumber);
          const ids = await happen(bench, series, days);
          const found = await pages(bench, series, limit);
          expect(found.flat()).toEqual(ids.toReversed());
          expect(found.slice(0, -1).map((page) => page.length)).toEqual(found.slice(0, -1).map(() => limit));
        },
      ),
      { numRuns: 12, examples: [[Array.from({ length: 35 }, (_, index) => index + 1), 7]] },
    );
  });

  it('a timeline that grows while a client pages neither repeats nor omits an item', async () => {
    const bench = await runtimeBench();
    const ids = await happen(bench, 'things', ['2026-01-01', '2026-01-02', '2026-01-02']);
    const reader = new Reader(bench.container, 'main');
    const first = await things.list(reader, 'things', { limit: 2 });
    await happen(bench, 'things', ['2026-01-02', '2026-01-03']);
    const second = await things.list(reader, 'things', { limit: 2, continuation: first.continuation });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed());
    expect(second.continuation).toBeUndefined();
  });

  it('a timeline shows the current state of each item', async () => {
    const bench = await runtimeBench();
    const [id = ''] = await happen(bench, 'things', ['2026-01-01']);
    const work = bench.open('main/things');
    (await work.load(Thing, id)).put({ day: 'changed' });
    await work.commit();
    const { items } = await things.list(new Reader(bench.container, 'main'), 'things', { limit: 5 });
    expect(items).toEqual([{ id, version: 2, state: { day: 'changed' } }]);
  });

  it('a timeline is empty if nothing happened, and for another tenant', async () => {
    const bench = await runtimeBench();
    await happen(bench, 'things', ['2026-01-01']);
    expect(await pages(bench, 'others', 5)).toEqual([[]]);
    expect(await things.list(new Reader(bench.container, 'other'), 'things', { limit: 5 })).toEqual({ items: [] });
  });

  it('a timeline has no entry of an event that is of no series, and none of its buckets', async () => {
    const bench = await runtimeBench();
    await happen(bench, '', ['2026-01-01']);
    const stored = await Promise.all(
      ['main/undefined', 'main/undefined:2026-01-01'].map((boundary) => bench.documents(boundary)),
    );
    expect(stored.flat()).toEqual([]);
    expect(await bench.deadLetters()).toEqual([]);
  });

  it('a timeline lists an item once even if its event is delivered twice', async () => {
    const bench = await runtimeBench();
    const id = newId();
    const eventId = newId();
    for (let delivery = 0; delivery < 2; delivery += 1) {
      await deliver(bench, [recordOf(Happened({ thing: id, day: '2026-01-01', series: 'things' }), { id: eventId })]);
    }
    expect((await bench.documents('main/things:2026-01-01')).filter(({ kind }) => kind === 'entry')).toHaveLength(1);
  });

  it.each([
    'garbage',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('{"after":"x"}').toString('base64url'),
    // Would lead out of the series "things" into the series "things:of-another".
    Buffer.from('{"bucket":"of-another:2026-01-01","after":"zzz"}').toString('base64url'),
  ])('a timeline refuses a continuation that it did not issue: %s', async (continuation) => {
    const bench = await runtimeBench();
    await happen(bench, 'things:of-another', ['2026-01-01']);
    const list = things.list(new Reader(bench.container, 'main'), 'things', { limit: 5, continuation });
    await expect(list).rejects.toMatchObject({ status: 422, code: 'invalid-continuation' });
  });
});

const minuteMs = 60_000;

describe('a timeline during a time', () => {
  const Dated = defineProjection({ kind: 'dated', state: z.object({ at: z.string() }) });
  const bySeries = (series: string, bucket?: (event: { readonly data: { readonly day: string } }) => string) =>
    timeline({
      name: 'list-dated-things',
      on: Happened,
      of: Dated,
      series: () => series,
      ...(bucket === undefined ? {} : { bucket }),
      address: ({ data: { thing } }) => ({ boundary: 'things', id: thing }),
      happenedAt: ({ at }) => at,
    });

  it.each([
    { how: 'in buckets of days', bucket: ({ data: { day } }: { data: { day: string } }) => day },
    { how: 'in buckets of months', bucket: ({ data: { day } }: { data: { day: string } }) => day.slice(0, 7) },
    { how: 'in one boundary', bucket: undefined },
  ])('a timeline $how shows exactly what happened during any time, page by page, and reads little else', async ({
    bucket,
  }) => {
    const bench = await runtimeBench();
    const list = bySeries('dated', bucket);
    // Each is told of a second after it happened; some across midnight.
    const start = Date.UTC(2026, 10, 20, 23, 59, 59, 500);
    const times = Array.from({ length: 60 }, (_, index) => new Date(start + index * 61 * minuteMs));
    const work = bench.open('main/things');
    for (const time of times) (await work.load(Dated, time.toISOString())).put({ at: time.toISOString() });
    await work.commit();
    const records = times.map((time) => {
      const at = time.toISOString();
      const id = v7({ msecs: time.getTime() + 1_000 });
      return recordOf(Happened({ thing: at, day: at.slice(0, 10), series: 'dated' }), { id });
    });
    await deliverTo(bench, list, records);
    const reader = new Reader(bench.container, 'main');
    const found = async (during: Period, limit: number) => {
      const all: string[] = [];
      let continuation: string | undefined;
      do {
        const page = await list.list(reader, 'dated', { limit, continuation, during });
        all.push(...page.items.map(({ id }) => id));
        continuation = page.continuation;
      } while (continuation !== undefined);
      return all;
    };
    const instants = times.map((time) => time.toISOString());
    const ends = [...instants, '2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'];
    await fc.assert(
      fc.asyncProperty(
        fc.option(fc.constantFrom(...ends), { nil: undefined }),
        fc.option(fc.constantFrom(...ends), { nil: undefined }),
        fc.integer({ min: 1, max: 20 }),
        async (from, before, limit) => {
          const expected = instants.filter((at) => (from ?? '') <= at && at < (before ?? '9')).toReversed();
          expect(await found({ from, before }, limit)).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
    bench.faults.recount();
    expect(await found({ from: instants[30], before: instants[32] }, 50)).toHaveLength(2);
    expect(bench.faults.count('Read')).toBeLessThanOrEqual(3);
    expect(bench.faults.count('Query')).toBeLessThanOrEqual(2);
  });
});

describe('a timeline of which much comes at once', () => {
  const day = '2026-11-20';
  const startMs = Date.UTC(2026, 10, 20, 10);
  const most = 60;
  const oneAfterTheOther = (count: number) => Array.from({ length: count }, (_, number) => number);
  const idAt = (time: number, number: number) => v7({ msecs: startMs + time, seq: number });

  /** Things that happen at these milliseconds of a day, each once. */
  async function happenings() {
    const bench = await runtimeBench();
    const work = bench.open('main/things');
    for (let number = 0; number < most; number += 1) (await work.load(Thing, `${number}`)).put({ day });
    await work.commit();
    return {
      bench,
      recordsOf: (series: string, ids: readonly string[]) =>
        ids.map((id, number) => recordOf(Happened({ thing: `${number}`, day, series }), { id })),
      documents: async (series: string) =>
        (await bench.documents(`main/${series}:${day}`)).filter(({ kind }) => kind === 'entry'),
    };
  }

  it('a timeline keeps in few documents what comes many at once, and what comes alone in one of its own', async () => {
    const { bench, recordsOf, documents } = await happenings();
    const records = recordsOf('things', oneAfterTheOther(60).map(idAt));
    await deliver(bench, records.slice(0, 50));
    expect((await documents('things')).length).toBeLessThanOrEqual(4);
    for (const record of records.slice(50)) await deliver(bench, [record]);
    expect((await documents('things')).length).toBeLessThanOrEqual(14);
    expect((await pages(bench, 'things', 100)).flat()).toHaveLength(60);
  });

  it('a timeline whose events are delivered again, with more behind them, enters only what is more', async () => {
    const { bench, recordsOf, documents } = await happenings();
    const records = recordsOf('things', oneAfterTheOther(40).map(idAt));
    await deliver(bench, records.slice(0, 30));
    const before = await documents('things');
    await deliver(bench, records.slice(0, 30));
    expect(await documents('things')).toEqual(before);
    await deliver(bench, records);
    expect(await documents('things')).toEqual(expect.arrayContaining([...before]));
    expect((await pages(bench, 'things', 7)).flat()).toEqual(oneAfterTheOther(40).reverse().map(String));
  });

  it('a timeline lists each once, newest first, for any page size, in whatever batches, under whatever ids and however often it was delivered', async () => {
    const { bench, recordsOf } = await happenings();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 1_500 }), { minLength: 1, maxLength: most }),
        fc.array(fc.record({ from: fc.nat(most), size: fc.integer({ min: 1, max: most }) }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat(most), { maxLength: 3 }),
        async (times, deliveries, limit, loud) => {
          run += 1;
          const series = `things-${run}`;
          const ids = times.map((time, number) => {
            const id = idAt(time, number);
            return loud.includes(number) ? id.toUpperCase() : id;
          });
          const records = recordsOf(series, ids);
          const cuts = [...deliveries, { from: 0, size: most / 2 }, { from: most / 2, size: most }];
          for (const { from, size } of cuts) await deliver(bench, records.slice(from, from + size));
          const newestFirst = [...ids.entries()].toSorted(([, one], [, other]) =>
            one.toLowerCase() < other.toLowerCase() ? 1 : -1,
          );
          const found = await pages(bench, series, limit);
          expect(found.flat()).toEqual(newestFirst.map(([number]) => `${number}`));
          expect(found.slice(0, -1).every((page) => page.length === limit)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('a page of a timeline asks its boundary twice at most, however close its entries came and whatever they share', async () => {
    const { bench, recordsOf } = await happenings();
    const ids = oneAfterTheOther(40).map((number) => idAt(number * 20, number));
    for (const record of recordsOf('apart', ids)) await deliver(bench, [record]);
    await deliver(bench, recordsOf('shared', ids));
    const reader = new Reader(bench.container, 'main');
    for (const series of ['apart', 'shared']) {
      bench.faults.recount();
      const { items } = await things.list(reader, series, { limit: 20 });
      expect(items.map(({ id }) => id)).toEqual(oneAfterTheOther(40).slice(20).reverse().map(String));
      // One of them asks for the buckets.
      expect(bench.faults.count('Query')).toBeLessThanOrEqual(3);
    }
  });

  it('entries of a timeline are read from any id on, also from the middle of a document that they share', async () => {
    const { bench, recordsOf } = await happenings();
    const ids = oneAfterTheOther(12).map((number) => idAt(number * 10, number));
    await deliver(bench, recordsOf('things', ids));
    const read = entriesIn(new Reader(bench.container, 'main'), `things:${day}`);
    for (const [index, from] of ids.entries()) {
      const found = await read({ order: 'descending', ids: { from }, limit: 20 });
      expect(found.map(({ id }) => id)).toEqual(ids.slice(index).reverse());
    }
  });

  it('a rebuild of a timeline repairs entries that share a document, and keeps those of which the bus has no event any more', async () => {
    const { bench, recordsOf, documents } = await happenings();
    const records = recordsOf('things', oneAfterTheOther(15).map(idAt));
    await deliver(bench, records);
    const [shared] = await documents('things');
    const work = bench.open(`main/things:${day}`);
    const entry = await work.load(TimelineEntry, idWithin(shared?.id ?? ''));
    const { of, others = [] } = entry.state;
    entry.put({ of, others: others.map(({ id }) => ({ id, of })) });
    await work.commit();
    expect((await pages(bench, 'things', 7)).flat()).toEqual(oneAfterTheOther(15).map(() => '0'));

    const { runtime } = bench;
    const projections = things.subscribers.flatMap(({ projects = [] }) => projects);
    const open = (boundary: string, cause: Cause) =>
      runtime.openUnitOfWork({ service, boundary, cause, isRetry: true, rebuild: { id: 'rebuild', projections } });
    const consumer = { name: 'things-on-platform-events', reactions: things.subscribers };
    const dependencies = { ...consumeDependencies(service, runtime), open };
    for (let time = 0; time < 2; time += 1) await consumeBatch(records.slice(0, 14), consumer, dependencies);
    expect((await pages(bench, 'things', 7)).flat()).toEqual(['0', ...oneAfterTheOther(14).reverse().map(String)]);
  });
});
