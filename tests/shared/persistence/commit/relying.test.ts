import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StaleStateError } from '../../../../shared/persistence/documents/store-errors.ts';
import type { StoredDocument } from '../../../../shared/persistence/documents/stored-document.ts';
import { consumerBench } from '../../../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting, Note } from '../../../rigs/kernel/counter.ts';
import { type KernelBench, kernelBench } from '../../../rigs/kernel/kernel-bench.ts';
import { counted } from '../../../rigs/kernel/records.ts';
import { Reminder } from '../../../rigs/kernel/reminder.ts';

const boundary = 'main/counters:a';

async function write({ open }: Pick<KernelBench, 'open'>, text: string, id = 'n'): Promise<void> {
  const work = open(boundary);
  (await work.load(Note, id)).put({ text });
  await work.commit();
}

/** A unit of work that counts because of what the note says. */
async function relying({ open }: Pick<KernelBench, 'open'>) {
  const work = open(boundary);
  work.rely(await work.load(Note, 'n'));
  (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
  return work;
}

const asWritten = ({ _etag, _ts, ...document }: StoredDocument) => document;

describe('a unit of work that relies on a document', () => {
  it('a commit fails, and writes nothing, where a document that it relies on has changed since it was read', async () => {
    const bench = await kernelBench();
    await write(bench, 'first');
    const work = await relying(bench);
    await write(bench, 'second');
    await expect(work.commit()).rejects.toThrow(StaleStateError);
    expect(await bench.container.read(boundary, 'counter:a')).toBeUndefined();
    await (await relying(bench)).commit();
    expect(await bench.container.read(boundary, 'counter:a')).toMatchObject({ count: 1 });
  });

  it('a commit fails where a document that it relies on is gone', async () => {
    const bench = await kernelBench();
    await write(bench, 'first');
    const work = await relying(bench);
    await bench.container.remove([{ boundary, id: 'note:n' }]);
    await expect(work.commit()).rejects.toThrow(StaleStateError);
  });

  it('a document that is relied on stays as it is, with its version, its deadline put off or given up, and its receipt', async () => {
    const bench = await kernelBench();
    const due = '2026-11-23T00:00:00.000Z';
    for (const [id, dueAt] of [
      ['due', due],
      ['parked', undefined],
    ] as const) {
      const work = bench.open(boundary);
      (await work.load(Reminder, id)).put({ dueAt });
      await work.commit();
    }
    const reads = () => Promise.all(['due', 'parked'].map((id) => bench.container.read(boundary, `reminder:${id}`)));
    const [first, second] = await reads();
    if (first === undefined || second === undefined) throw new Error('nothing was written');
    await bench.container.replaceIfUnchanged({ ...first, dueAttempts: 3, dueSince: '2026-11-22T00:00:00.000Z' });
    await bench.container.replaceIfUnchanged({ ...second, parkedDueAt: due, ttl: 1_000, unknown: 'of newer code' });
    const before = await reads();
    const work = bench.open(boundary);
    for (const id of ['due', 'parked']) work.rely(await work.load(Reminder, id));
    (await work.load(Note, 'n')).put({ text: 'done' });
    await work.commit();
    const after = await reads();
    expect(after.map((one) => one && asWritten(one))).toEqual(before.map((one) => one && asWritten(one)));
    expect(after.map((one) => one?.receipt)).toEqual([expect.any(String), expect.any(String)]);
    expect(after[0]?._etag).not.toBe(before[0]?._etag);
  });

  it('whoever created a document by a commit whose answer was lost finds their receipt though others rely on it meanwhile', async () => {
    const bench = await kernelBench();
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    bench.clock.duringNextWait(async () => (await relying(bench)).commit());
    await write(bench, 'first');
    expect(await bench.container.read(boundary, 'note:n')).toMatchObject({ text: 'first', version: 1 });
    expect(await bench.container.read(boundary, 'counter:a')).toMatchObject({ count: 1 });
  });

  it('a commit that relies on a document is done once though its answer is lost, whether it has events or only puts', async () => {
    const bench = await kernelBench();
    await write(bench, 'first');
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    await (await relying(bench)).commit();
    expect(await bench.container.read(boundary, 'counter:a')).toMatchObject({ count: 1, version: 1 });
    await write(bench, 'other', 'other');
    const work = bench.open(boundary);
    work.rely(await work.load(Note, 'n'));
    (await work.load(Note, 'other')).put({ text: 'put' });
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    await work.commit();
    expect(await bench.container.read(boundary, 'note:other')).toMatchObject({ text: 'put', version: 2 });
  });

  it('a unit of work that relies on a document and changes nothing writes nothing', async () => {
    const bench = await kernelBench();
    await write(bench, 'first');
    bench.faults.recount();
    const work = bench.open(boundary);
    work.rely(await work.load(Note, 'n'));
    expect(work.hasChanges).toBe(false);
    await work.commit();
    expect(bench.faults.count('Batch')).toBe(0);
  });

  it('what was relied on after a savepoint is not relied on once that is rolled back', async () => {
    const bench = await kernelBench();
    await write(bench, 'first');
    const work = bench.open(boundary);
    const savepoint = work.savepoint();
    work.rely(await work.load(Note, 'n'));
    work.rollBack(savepoint);
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    await write(bench, 'second');
    await work.commit();
  });

  it('neither what is not there nor what another unit of work has loaded can be relied on', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    const missing = await work.load(Note, 'n');
    expect(() => work.rely(missing)).toThrow('there is no note n: rely on a document that changes when one is made');
    await write(bench, 'first');
    const elsewhere = await bench.open(boundary).load(Note, 'n');
    expect(() => work.rely(elsewhere)).toThrow('note n is not of this unit of work');
  });

  it('a document that is relied on counts as an operation of the commit', async () => {
    const bench = await kernelBench();
    await write(bench, 'first');
    const work = await relying(bench);
    expect(work.size.operations).toBe(4);
  });
});

describe('a reaction that relies on a document', () => {
  const alarm = counting({
    name: 'count-while-open',
    async handle({ data: { by } }, work) {
      const door = await work.load(Note, 'n');
      if (door.current?.text !== 'open') return;
      work.rely(door);
      (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by }));
    },
  });

  it('a reaction that relied on what its process remembers of a document decides again where that was wrong', async () => {
    const bench = await consumerBench();
    await write(bench, 'open');
    await bench.consume([counted(1)], alarm);
    expect(await bench.count()).toBe(1);
    const elsewhere = bench.openElsewhere(boundary);
    (await elsewhere.load(Note, 'n')).put({ text: 'closed' });
    await elsewhere.commit();
    await bench.consume([counted(1)], alarm);
    expect(await bench.count()).toBe(1);
    expect(await bench.parked()).toEqual([]);
  });

  it('a reaction that relies on what its process remembers commits without reading it again', async () => {
    const bench = await consumerBench();
    await write(bench, 'open');
    await bench.consume([counted(1)], alarm);
    bench.faults.recount();
    await bench.consume([counted(2)], alarm);
    expect([bench.faults.count('Batch'), bench.faults.count('Read')]).toEqual([1, 0]);
    expect(await bench.count()).toBe(3);
  });
});

describe('a rule over two documents', () => {
  /** Takes one of two off duty, unless the other is off. */
  async function leave(bench: KernelBench, who: string): Promise<void> {
    const other = who === 'n' ? 'm' : 'n';
    for (;;) {
      const work = bench.openElsewhere(boundary);
      const own = await work.load(Note, who);
      const colleague = await work.load(Note, other);
      if (colleague.state.text === 'off') return;
      work.rely(colleague);
      own.put({ text: 'off' });
      try {
        await work.commit();
        return;
      } catch (error) {
        if (!(error instanceof StaleStateError)) throw error;
      }
    }
  }

  it('a rule over two documents holds however many commands change one of them and rely on the other at once', async () => {
    const bench = await kernelBench();
    const commands = fc.array(fc.constantFrom('n', 'm'), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(commands, async (leaving) => {
        for (const id of ['n', 'm']) await write(bench, 'on', id);
        await Promise.all(leaving.map((who) => leave(bench, who)));
        const states = await Promise.all(['n', 'm'].map((id) => bench.container.read(boundary, `note:${id}`)));
        expect(states.filter((state) => state?.text === 'off')).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});
