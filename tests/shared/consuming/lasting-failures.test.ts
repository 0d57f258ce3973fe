import { describe, expect, it } from 'vitest';
import { Rejection } from '../../../shared/model/rejection.ts';
import { consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting, Note } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { counted } from '../../rigs/kernel/records.ts';

/** Counts up where there is a note, and takes note of how often it was asked. */
function needingNotes() {
  const tries = new Map<string, number>();
  const reaction = counting({
    once: 'by-document',
    async handle({ id, data: { counter, by } }, work) {
      tries.set(id, (tries.get(id) ?? 0) + 1);
      const { text } = (await work.load(Note, id)).state;
      (await work.load(Counter, counter)).record(Counted({ counter, by, note: text }));
    },
  });
  return { reaction, tries };
}

describe('a batch in which much fails', () => {
  it('a batch of 200 events of one boundary that lack their documents is finished in its time, each with a letter', async () => {
    const bench = await consumerBench({ retryWindowMs: 120_000 });
    const { reaction } = needingNotes();
    const began = bench.clock.now().getTime();
    await bench.consume(
      Array.from({ length: 200 }, () => counted()),
      reaction,
    );
    expect(await bench.parked()).toHaveLength(200);
    expect(bench.clock.now().getTime() - began).toBeLessThan(5_000);
  }, 60_000);

  it('events of many boundaries that lack their documents wait together, not one after the other', async () => {
    const bench = await consumerBench({ retryWindowMs: 120_000 });
    const { reaction } = needingNotes();
    const began = bench.clock.now().getTime();
    await bench.consume(
      Array.from({ length: 40 }, (_, index) => counted(1, { counter: `c${index}` })),
      reaction,
    );
    expect(await bench.parked()).toHaveLength(40);
    expect(bench.clock.now().getTime() - began).toBeLessThan(5_000);
  }, 60_000);

  it('what lacks its document or fails of a bug when its batch has no more time gets its letter at once', async () => {
    const bench = await consumerBench({ retryWindowMs: 0 });
    const { reaction, tries } = needingNotes();
    const buggy = counting({ name: 'buggy', handle: () => Promise.reject(new TypeError('undefined is no function')) });
    await bench.consume([counted(), counted()], reaction, buggy);
    const statuses = (await bench.parked()).map(({ status, attempts }) => `${status} after ${attempts}`);
    expect(statuses.toSorted()).toEqual(['parked after 1', 'parked after 1', 'waiting after 1', 'waiting after 1']);
    expect([...tries.values()]).toEqual([1, 1]);
  });

  it('of what has a letter little is tried again when its batch is delivered once more, and all are looked for together', async () => {
    const bench = await consumerBench();
    const { reaction, tries } = needingNotes();
    const records = Array.from({ length: 80 }, () => counted());
    await bench.consume(records, reaction);
    const once = new Map(tries);
    bench.faults.recount();
    await bench.consume(records, reaction);
    const again = [...tries].map(([id, count]) => count - (once.get(id) ?? 0));
    expect(again).toEqual(records.map((_, index) => (index < 8 ? 1 : 0)));
    // Two places each, a hundred in a request: those of the 72 that were not tried, and those of the eight that were.
    expect(bench.faults.count('Bulk', 'dead-letters')).toBe(3);
    expect(bench.faults.count('Batch', 'dead-letters')).toBe(0);
    expect(await bench.parked()).toHaveLength(80);
  }, 60_000);

  it.each([
    ['reads what it needs', { guesses: false }],
    ['takes what it writes to be new', { guesses: true }],
  ])(
    'events whose handler is slow and %s are finished or given back in their time, though all lack their documents',
    async (_, { guesses }) => {
      const bench = await consumerBench({ retryWindowMs: 60_000 });
      const slow = counting({
        once: 'by-document',
        async handle({ id }, work) {
          bench.clock.pass(1_700);
          if (guesses) await work.expectNew(Counter, id);
          (await work.load(Counter, id)).record(Counted({ counter: (await work.load(Note, id)).state.text, by: 1 }));
        },
      });
      const records = Array.from({ length: 100 }, () => counted());
      let deliveries = 0;
      for (let isDone = false; !isDone && deliveries < 10; deliveries += 1) {
        const began = bench.clock.now().getTime();
        isDone = await bench.consume(records, slow).then(
          () => true,
          ({ name }: Error) => name !== 'BatchUnfinishedError',
        );
        expect(bench.clock.now().getTime() - began).toBeLessThan(65_000);
      }
      expect(deliveries).toBeLessThan(8);
      expect(await bench.parked()).toHaveLength(100);
    },
    60_000,
  );

  it('a batch in which nothing fails does not look for letters', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(), counted()], counting());
    for (const operation of ['Bulk', 'Read', 'Query']) expect(bench.faults.count(operation, 'dead-letters')).toBe(0);
  });

  it('a boundary that the store takes nothing of keeps its own events only: the failures of others get their letters', async () => {
    const bench = await consumerBench({ retryWindowMs: 60_000 });
    const refused = counting({
      name: 'refuse',
      boundary: () => 'counters:b',
      handle: () => Promise.reject(new Rejection('no', 'no', 'state')),
    });
    bench.faults.next('Batch', ...Array.from({ length: 8 }, () => refuse(503)));
    await bench.consume([counted()], counting(), refused);
    expect(await bench.count()).toBe(1);
    expect(await bench.parked()).toMatchObject([{ subscriber: 'refuse', status: 'parked' }]);
  });
});

describe('a batch that takes long though nothing fails', () => {
  /** Takes ten seconds for an event, and writes so much that few fit into a commit. */
  const slowly = (bench: { readonly clock: { pass(milliseconds: number): void } }) =>
    counting({
      async handle(event, work, context) {
        bench.clock.pass(10_000);
        for (let number = 0; number < 40; number += 1)
          (await work.load(Note, `${event.id}-${number}`)).put({ text: 'x' });
        await counting().handle(event, work, context);
      },
    });

  it('a batch that takes longer than it may be held is given back, and what is done of it is not done again', async () => {
    const bench = await consumerBench({ retryWindowMs: 60_000 });
    const records = Array.from({ length: 12 }, () => counted());
    const deliveries: number[] = [];
    for (let delivery = 0; delivery < 10; delivery += 1) {
      const began = bench.clock.now().getTime();
      const isDone = await bench.consume(records, slowly(bench)).then(
        () => true,
        ({ name }: Error) => name !== 'BatchUnfinishedError',
      );
      expect(bench.clock.now().getTime() - began).toBeLessThan(120_000);
      deliveries.push(Number(await bench.count()));
      if (isDone) break;
    }
    expect(deliveries.length).toBeGreaterThan(1);
    expect(deliveries.at(-1)).toBe(12);
    expect(await bench.parked()).toEqual([]);
  }, 60_000);
});
