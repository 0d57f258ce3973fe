import { describe, expect, it } from 'vitest';
import { reject } from '../../../../shared/model/rejection.ts';
import { Reader } from '../../../../shared/persistence/reading/reader.ts';
import { consumerBench } from '../../../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting, Note } from '../../../rigs/kernel/counter.ts';
import { type KernelBench, kernelBench } from '../../../rigs/kernel/kernel-bench.ts';
import { counted } from '../../../rigs/kernel/records.ts';

const boundary = 'main/counters:a';

/** Another process counts: it has the store in common with the bench, and nothing else. */
async function countElsewhere(bench: KernelBench, by: number): Promise<void> {
  const elsewhere = bench.openElsewhere(boundary);
  (await elsewhere.load(Counter, 'a')).record(Counted({ counter: 'a', by }));
  await elsewhere.commit();
}

describe('the cache of recently written documents', () => {
  it('a document that this process has just written is not read again for the next event', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(1)], counting());
    bench.faults.recount();
    await bench.consume([counted(2)], counting());
    expect(bench.faults.count('Read')).toBe(0);
    expect(await bench.count()).toBe(3);
  });

  it('a cached document that another process has changed is read again, and no update is lost', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(1)], counting());
    await countElsewhere(bench, 10);
    await bench.consume([counted(100)], counting());
    expect(await bench.count()).toBe(111);
  });

  it('a cached document is read again before a reaction concludes that nothing is to be done', async () => {
    const bench = await consumerBench();
    const upToTen = counting({
      async handle({ data: { counter, by } }, work) {
        const found = await work.load(Counter, counter);
        if ((found.current?.count ?? 0) < 10) return;
        found.record(Counted({ counter, by }));
      },
    });
    await bench.consume([counted(1)], counting());
    await countElsewhere(bench, 10);
    await bench.consume([counted(100)], upToTen);
    expect(await bench.count()).toBe(111);
  });

  it('a cached document is read again before a reaction writes another document because of it', async () => {
    const bench = await consumerBench();
    const noteCount = counting({
      once: 'by-document',
      async handle({ id }, work) {
        const { count } = (await work.load(Counter, 'a')).state;
        (await work.expectNew(Note, id)).put({ text: `${count}` });
      },
    });
    await bench.consume([counted(1)], counting());
    await countElsewhere(bench, 10);
    await bench.consume([counted(2)], noteCount);
    const notes = (await bench.documents(boundary)).filter(({ kind }) => kind === 'note');
    expect(notes.map(({ text }) => text)).toEqual(['11']);
  });

  it('a cached document is read again before an event is rejected because of it', async () => {
    const bench = await consumerBench();
    const fromTen = counting({
      async handle({ data: { counter, by } }, work) {
        const found = await work.load(Counter, counter);
        if (found.state.count < 10) throw reject('too-few', 'there are not ten yet');
        found.record(Counted({ counter, by }));
      },
    });
    await bench.consume([counted(1)], counting());
    await countElsewhere(bench, 10);
    await bench.consume([counted(100)], fromTen);
    expect(await bench.parked()).toEqual([]);
    expect(await bench.count()).toBe(111);
  });

  it('a group that is split into several commits does not read documents that it expects to be new', async () => {
    const bench = await consumerBench();
    const noteEach = counting({
      once: 'by-document',
      async handle({ id }, work) {
        (await work.expectNew(Note, id)).put({ text: id });
      },
    });
    await bench.consume(
      Array.from({ length: 120 }, () => counted()),
      noteEach,
    );
    expect([bench.faults.count('Batch'), bench.faults.count('Read')]).toEqual([2, 0]);
  });

  it('the documents of a large commit are not read again, if each of them is small', async () => {
    const bench = await consumerBench();
    const noteEach = counting({
      once: 'by-document',
      reads: ({ data: { by } }) => [{ type: Note, id: `${by}` }],
      async handle({ id, data: { by } }, work) {
        (await work.load(Note, `${by}`)).put({ text: id.padEnd(1_000) });
      },
    });
    const each = () => Array.from({ length: 50 }, (_, index) => counted(index));
    await bench.consume(each(), noteEach);
    bench.faults.recount();
    await bench.consume(each(), noteEach);
    expect(['Read', 'Bulk', 'Batch'].map((operation) => bench.faults.count(operation))).toEqual([0, 0, 1]);
  });

  it('a large document is not cached but read each time', async () => {
    const bench = await consumerBench();
    const noteAll = counting({
      once: 'by-document',
      async handle({ id }, work) {
        const note = await work.load(Note, 'a');
        note.put({ text: `${note.current?.text ?? ''}${id}`.padEnd(20_000) });
      },
    });
    await bench.consume([counted()], noteAll);
    bench.faults.recount();
    await bench.consume([counted()], noteAll);
    expect(bench.faults.count('Read')).toBe(1);
  });
});

describe('readRecent', () => {
  const address = { boundary: 'counters:a', id: 'a' };

  it('readRecent reads a document that changed elsewhere again after a second', async () => {
    const bench = await kernelBench();
    const reader = new Reader(bench.container, 'main');
    await countElsewhere(bench, 1);
    const read = async () => (await reader.readRecent(Counter, address))?.state.count;
    expect([await read(), await read()]).toEqual([1, 1]);
    expect(bench.faults.count('Read')).toBe(2);
    await countElsewhere(bench, 1);
    bench.clock.pass(1_001);
    expect(await read()).toBe(2);
  });

  it('readRecent returns what this process has written since', async () => {
    const bench = await consumerBench();
    const reader = new Reader(bench.container, 'main');
    await bench.consume([counted(1)], counting());
    expect((await reader.readRecent(Counter, address))?.state.count).toBe(1);
    await bench.consume([counted(1)], counting());
    expect((await reader.readRecent(Counter, address))?.state.count).toBe(2);
  });

  it('documents that are read in one turn share a request, and each is told of its own trouble alone', async () => {
    const bench = await kernelBench();
    const reader = new Reader(bench.container, 'main');
    await countElsewhere(bench, 3);
    await bench.putAsIs({ id: 'counter:b', boundary: 'main/counters:b', kind: 'counter', version: 'of newer code' });
    bench.faults.recount();
    const read = (id: string) => reader.readRecent(Counter, { boundary: `counters:${id}`, id });
    const [first, second, none] = await Promise.allSettled([read('a'), read('a'), read('c')]);
    expect(bench.faults.count('Bulk')).toBe(1);
    expect(first).toMatchObject({ value: { state: { count: 3 } } });
    expect(second).toEqual(first);
    expect(none).toMatchObject({ status: 'fulfilled', value: undefined });
    bench.clock.pass(1_001);
    const [good, unreadable] = await Promise.allSettled([read('a'), read('b')]);
    expect(good).toEqual(first);
    expect(unreadable.status).toBe('rejected');
  });

  it('documents of a list are read in one request, in the order in which they are asked for', async () => {
    const bench = await kernelBench();
    const ids = ['c', 'a', 'b'];
    for (const [index, id] of ids.entries())
      await bench.putAsIs({
        id: `counter:${id}`,
        boundary: `main/counters:${id}`,
        kind: 'counter',
        version: 1,
        count: index,
      });
    bench.faults.recount();
    const addresses = [...ids, 'none'].map((id) => ({ boundary: `counters:${id}`, id }));
    const found = await new Reader(bench.container, 'main').readAll(Counter, addresses);
    expect(found.map(({ id, state }) => [id, state.count])).toEqual([
      ['c', 0],
      ['a', 1],
      ['b', 2],
    ]);
    expect([bench.faults.count('Read'), bench.faults.count('Bulk')]).toEqual([0, 1]);
  });

  it('readRecent looks for a missing document each time', async () => {
    const bench = await kernelBench();
    const reader = new Reader(bench.container, 'main');
    expect(await reader.readRecent(Counter, address)).toBeUndefined();
    await countElsewhere(bench, 1);
    expect((await reader.readRecent(Counter, address))?.state.count).toBe(1);
  });
});
