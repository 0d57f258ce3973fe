import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import { defineService } from '../../../shared/capabilities/define-service.ts';
import { directory } from '../../../shared/capabilities/directory.ts';
import { erasure } from '../../../shared/capabilities/erasure.ts';
import type { Subscriber } from '../../../shared/capabilities/subscriber.ts';
import { BatchUnfinishedError } from '../../../shared/consuming/batch-time.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import { rememberedSeconds } from '../../../shared/model/aggregate.ts';
import { Reader } from '../../../shared/persistence/reading/reader.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { recordOf } from '../../rigs/kernel/records.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { Box, BoxFilled, BoxLabel, boxBoundary, boxes, boxesAlone, hallBoundary } from '../../rigs/model/boxes.ts';

type Content = { readonly colour: string; readonly label: string };
interface Filling {
  readonly box: string;
  readonly content?: Content | undefined;
  readonly words?: string | undefined;
  readonly isMinor?: boolean;
}

const hall = 'north';
const red = (label: string): Content => ({ colour: 'red', label });

async function boxBench() {
  const bench = await runtimeBench(undefined, { indexes: boxes.indexes });
  const reader = new Reader(bench.container, 'main');
  const reactions = boxes.subscribers;
  const deliverTo = (some: readonly Subscriber[], ...records: readonly ReceivedRecord[]) =>
    consumeBatch(records, { name: 'boxes-on-events', reactions: some }, consumeDependencies(service, bench.runtime));
  return {
    ...bench,
    reader,
    /** Fills a box; answers with the record of its event. */
    async fill({ box, content, words, isMinor }: Filling, where = hall): Promise<ReceivedRecord> {
      const work = bench.open(`main/${boxBoundary(box)}`);
      const stored = await work.load(Box, box);
      const label = await work.load(BoxLabel, box);
      const event = BoxFilled({ box, hall: where, content, isMinor });
      stored.record(event);
      if (words !== undefined) label.put({ words });
      else label.remove();
      await work.commit();
      return recordOf(event, { sequence: stored.version });
    },
    deliver: (...records: readonly ReceivedRecord[]) => deliverTo(reactions, ...records),
    deliverTo,
    async entries(where = hall) {
      const stored = await bench.documents(`main/${hallBoundary(where)}`);
      return stored.filter(({ kind }) => kind === 'entry');
    },
    async labels(where: object = {}) {
      const { items } = await boxes.list(reader, hallBoundary(hall), { limit: 50, where });
      return items.map(({ state }) => state.content?.label);
    },
  };
}

/** What stands in the entries, and what would stand in them if they were made of the documents now. */
async function comparison({ entries, reader }: Awaited<ReturnType<typeof boxBench>>, names: readonly string[]) {
  const stored = new Map((await entries()).map(({ id, seen, fields }) => [id, { seen, fields }]));
  const made = new Map<string, unknown>();
  for (const box of names) {
    const thing = await reader.read(Box, { boundary: boxBoundary(box), id: box });
    const label = await reader.read(BoxLabel, { boundary: boxBoundary(box), id: box });
    if (thing === undefined) continue;
    const { content } = thing.state;
    const words = label?.state.words;
    const fields = content && { ...content, ...(words === undefined ? {} : { words }) };
    made.set(`entry:box:${box}`, { seen: thing.version, fields });
  }
  return { stored, made };
}

describe('a directory', () => {
  it('the entries of a directory equal the documents, whatever the order, repetition and batches of events, side by side', async () => {
    const names = ['a', 'b', 'c'];
    const filling = fc.record({
      box: fc.constantFrom(...names),
      content: fc.option(fc.record({ colour: fc.constantFrom('red', 'blue'), label: fc.constantFrom('x', 'y', '') }), {
        nil: undefined,
      }),
      words: fc.option(fc.constantFrom('fragile', 'heavy'), { nil: undefined }),
    });
    /** Some boxes are filled, while batches of any of the events before are delivered side by side. */
    const step = fc.record({
      fillings: fc.array(filling, { maxLength: 3 }),
      batches: fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        async (steps, luck) => {
          const bench = await boxBench();
          const told: ReceivedRecord[] = [];
          const delivered = new Set<ReceivedRecord>();
          const deliver = async (batch: readonly ReceivedRecord[]) => {
            await bench.deliver(...batch);
            for (const record of batch) delivered.add(record);
          };
          for (const { fillings, batches } of steps) {
            const known = [...told];
            const filled = async () => {
              for (const one of fillings) told.push(await bench.fill(one));
            };
            const picked = batches.map((batch) =>
              known.length === 0 ? [] : batch.flatMap((n) => known[n % known.length] ?? []),
            );
            await Promise.all([filled(), ...picked.map(deliver)]);
          }
          // Each arrives once at least, however late.
          const left = told
            .filter((record) => !delivered.has(record))
            .map((record) => ({ record, at: luck.next().value }));
          const late = left.toSorted((one, other) => one.at - other.at).map(({ record }) => record);
          await Promise.all([deliver(late.filter((_, n) => n % 2 === 0)), deliver(late.filter((_, n) => n % 2 === 1))]);
          const { stored, made } = await comparison(bench, names);
          expect(stored).toEqual(made);
          expect(await bench.deadLetters()).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);

  it('a directory reads the documents of all events of a batch in one request', async () => {
    const { fill, deliver, faults, labels } = await boxBench();
    const names = Array.from({ length: 30 }, (_, n) => `box-${n}`);
    const records = [];
    for (const box of names) records.push(await fill({ box, content: red(box) }));
    faults.recount();
    await deliver(...records);
    // The boxes, and then what is beside them; the entries are new, and in one commit.
    expect(['Read', 'Bulk', 'Batch'].map((operation) => faults.count(operation))).toEqual([0, 2, 1]);
    expect(await labels()).toEqual(names.toSorted());
  });

  it('a directory lists what has all the values that are asked for, sorted and page by page', async () => {
    const { fill, deliver, reader } = await boxBench();
    const colours = ['red', 'blue'];
    const all = Array.from({ length: 12 }, (_, n) => ({
      box: `box-${n}`,
      content: { colour: colours[n % 2] ?? '', label: `label-${(n * 5) % 7}` },
      ...(n % 3 === 0 ? { words: 'fragile' } : {}),
    }));
    for (const one of all) await deliver(await fill(one));
    const sorted = all.toSorted((one, other) =>
      `${one.content.label} box:${one.box}` < `${other.content.label} box:${other.box}` ? -1 : 1,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          colour: fc.constantFrom(undefined, 'red', 'blue', 'green'),
          words: fc.constantFrom(undefined, 'fragile'),
          label: fc.constantFrom(
            undefined,
            'label-3',
            { atLeast: 'label-2' },
            { atMost: 'label-4' },
            { containing: '5' },
          ),
        }),
        fc.integer({ min: 1, max: 13 }),
        async (where, limit) => {
          const found: string[] = [];
          let continuation: string | undefined;
          do {
            const page = await boxes.list(reader, hallBoundary(hall), { limit, where, continuation });
            found.push(...page.items.map(({ id }) => id));
            continuation = page.continuation;
          } while (continuation !== undefined);
          const { colour = '', words = '', label } = where;
          const fits = (text: string) => {
            if (typeof label !== 'object') return label === undefined || text === label;
            if ('containing' in label) return text.includes(label.containing);
            return 'atLeast' in label ? text >= label.atLeast : text <= label.atMost;
          };
          const wanted = sorted.filter(
            (one) => one.content.colour.includes(colour) && `${one.words}`.includes(words) && fits(one.content.label),
          );
          expect(found).toEqual(wanted.map(({ box }) => box));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('a directory leaves out what has changed since its entry was made, and shows the rest as it is now', async () => {
    const { fill, deliver, labels } = await boxBench();
    for (const box of ['a', 'b', 'c']) await deliver(await fill({ box, content: red(box) }));
    await fill({ box: 'a', content: red('changed') });
    await fill({ box: 'b', content: { colour: 'blue', label: 'b' } });
    const gone = await fill({ box: 'c' });
    expect(await labels({ colour: 'red' })).toEqual(['changed']);
    await deliver(gone);
    expect(await labels({ label: { atLeast: 'b' } })).toEqual(['b']);
  });

  it('a directory keeps nothing of what is over but a tombstone that goes by itself', async () => {
    const { fill, deliver, entries, labels } = await boxBench();
    const first = await fill({ box: 'a', content: red('of-ann'), words: 'for-bob' });
    await deliver(first);
    expect(await labels({ words: 'for-bob' })).toEqual(['of-ann']);
    await deliver(await fill({ box: 'a' }));
    await deliver(first);
    expect(await labels()).toEqual([]);
    const [tombstone, ...others] = await entries();
    expect(tombstone).toMatchObject({ id: 'entry:box:a', seen: 2, ttl: rememberedSeconds });
    expect(JSON.stringify([tombstone, others])).not.toMatch(/of-ann|for-bob/);
    await deliver(await fill({ box: 'a', content: red('again') }));
    expect(await labels()).toEqual(['again']);
    expect((await entries()).map(({ ttl }) => ttl)).toEqual([undefined]);
  });

  it.each([
    'Bulk',
    'Batch',
  ])('a directory whose process breaks off at any %s is right once its events come again', async (operation) => {
    const bench = await boxBench();
    const names = Array.from({ length: 120 }, (_, n) => `box-${n}`);
    const records = await Promise.all(
      names.map((box, n) => bench.fill({ box, ...(n % 5 === 0 ? {} : { content: red(box) }) })),
    );
    // One of them has changed since, of which no event has come yet.
    const late = await bench.fill({ box: 'box-1', content: red('changed') });
    let served = 0;
    for (let hasBrokenOff = true; hasBrokenOff; served += 1) {
      const mended = bench.faults.allAfter(served, operation, refuse(503));
      await bench.deliver(...records).catch((error: unknown) => {
        if (!(error instanceof BatchUnfinishedError)) throw error;
      });
      hasBrokenOff = mended();
    }
    expect(served).toBeGreaterThan(1);
    await bench.deliver(late);
    const { stored, made } = await comparison(bench, names);
    expect(stored).toEqual(made);
    expect(await bench.deadLetters()).toEqual([]);
  });

  it('a directory passes over events that do not concern it', async () => {
    const { fill, deliver, entries, faults } = await boxBench();
    const minor = await fill({ box: 'a', content: red('a'), isMinor: true });
    faults.recount();
    await deliver(minor);
    expect([await entries(), faults.count('Read'), faults.count('Batch')]).toEqual([[], 0, 0]);
  });

  it('a directory that reads a document as it was before the event tries until it is as new', async () => {
    const { fill, deliver, labels, clock, deadLetters } = await boxBench();
    await deliver(await fill({ box: 'a', content: red('first') }));
    const ahead = recordOf(BoxFilled({ box: 'a', hall }), { sequence: 2 });
    clock.duringNextWait(async () => void (await fill({ box: 'a', content: red('second') })));
    await deliver(ahead);
    expect([await labels(), await deadLetters()]).toEqual([['second'], []]);
  });

  it('a directory in buckets lists what there is from bucket to bucket, by its fields and by days', async () => {
    const { fill, deliverTo, reader } = await boxBench();
    const inBuckets = directory({
      name: 'list-boxes-by-day',
      of: Box,
      on: BoxFilled,
      boundary: () => 'boxes-by-day',
      bucket: ({ data }) => data.hall,
      address: ({ data: { box } }) => ({ boundary: boxBoundary(box), id: box }),
      entry: ({ content }) => content,
      filters: ['colour'],
      order: 'label',
      isDescending: true,
    });
    const days = ['2026-11-20', '2026-11-21', '2026-11-23'];
    const all = Array.from({ length: 17 }, (_, n) => ({
      box: `box-${n}`,
      day: days[n % 3] ?? '',
      content: { colour: n % 2 === 0 ? 'red' : 'blue', label: `${n % 4}` },
    }));
    const records = [];
    for (const { box, day, content } of all) records.push(await fill({ box, content }, day));
    await deliverTo(inBuckets.subscribers, ...records.toReversed());
    const keyOf = ({ day, content, box }: (typeof all)[number]) => `${day} ${content.label} box:${box}`;
    const sorted = all.toSorted((one, other) => (keyOf(one) < keyOf(other) ? 1 : -1));
    for (const limit of [1, 2, 5, 50])
      for (const colour of [undefined, 'red', 'green'])
        for (const [first, last] of [[], ['2026-11-21'], [undefined, '2026-11-22']]) {
          const found: string[] = [];
          let continuation: string | undefined;
          do {
            const paging = { limit, continuation, where: { colour }, days: { first, last } };
            const page = await inBuckets.list(reader, 'boxes-by-day', paging);
            found.push(...page.items.map(({ id }) => id));
            continuation = page.continuation;
          } while (continuation !== undefined);
          const wanted = sorted.filter(
            ({ day, content }) =>
              (colour === undefined || content.colour === colour) && day >= (first ?? '') && day <= (last ?? '9'),
          );
          expect(found).toEqual(wanted.map(({ box }) => box));
        }
    const continuation = Buffer.from('{"bucket":"2026-11-21","after":"x"}').toString('base64url');
    const forged = inBuckets.list(reader, 'boxes-by-day', { limit: 5, continuation });
    await expect(forged).rejects.toMatchObject({ status: 422, code: 'invalid-continuation' });
  });

  it('an entry that no list would show is a dead letter', async () => {
    const { fill, deliverTo, deadLetters } = await boxBench();
    const unsorted = directory({
      name: 'list-boxes-by-size',
      of: Box,
      on: BoxFilled,
      boundary: () => 'boxes-by-size',
      address: ({ data: { box } }) => ({ boundary: boxBoundary(box), id: box }),
      entry: ({ content }) => ({ size: content?.label.length }),
      order: 'size',
    });
    await deliverTo(unsorted.subscribers, await fill({ box: 'a', content: red('a') }));
    expect(await deadLetters()).toMatchObject([{ error: { message: expect.stringContaining('sorts by size') } }]);
  });

  it('two directories in one boundary are refused, each event of the second as a dead letter', async () => {
    const { fill, deliver, runtime, deadLetters } = await boxBench();
    const record = await fill({ box: 'a', content: red('a') });
    await deliver(record);
    const twin = boxesAlone('list-boxes-as-well');
    const consumer = { name: 'twins', reactions: twin.subscribers };
    await consumeBatch([record], consumer, consumeDependencies(service, runtime));
    expect(await deadLetters()).toMatchObject([
      { error: { message: 'list-boxes-as-well and list-boxes list in one boundary: give each one of its own' } },
    ]);
  });
});

describe('a service with a directory', () => {
  it('a service with a directory indexes what the directory lists by', () => {
    const indexes = { filtered: ['status'], sorted: ['size'] };
    const { indexes: all } = defineService({ name: 'boxes', summary: 'Boxes.', indexes, capabilities: [boxes] });
    expect(all).toEqual({
      filtered: ['status', 'fields.colour', 'fields.words'],
      sorted: ['size', 'fields.label', ['fields.colour', 'fields.label'], ['fields.words', 'fields.label']],
    });
  });

  it('a service may not delete what a directory of it lists', () => {
    const erasing = (except: readonly { readonly kind: string }[]) =>
      erasure({
        name: 'erase-boxes',
        on: UserDeleted,
        id: ({ data }) => data.userId,
        boundary: (id) => `box:${id}`,
        except,
      });
    const define = (except: readonly { readonly kind: string }[]) =>
      defineService({ name: 'boxes', summary: 'Boxes.', capabilities: [boxes, erasing(except)] });
    expect(() => define([])).toThrow('erase-boxes of boxes deletes box, which list-boxes lists');
    expect(define([Box]).subscribers).toHaveLength(2);
  });
});
