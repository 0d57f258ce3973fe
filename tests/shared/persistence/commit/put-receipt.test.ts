import { describe, expect, it } from 'vitest';
import { Counted, Counter, Note } from '../../../rigs/kernel/counter.ts';
import { type KernelBench, kernelBench } from '../../../rigs/kernel/kernel-bench.ts';

const boundary = 'main/notes';

/** Notes something down, over what is there. */
async function note({ open }: Pick<KernelBench, 'open'>, text: string): Promise<void> {
  const work = open(boundary);
  (await work.load(Note, 'n')).put({ text });
  await work.commit();
}

async function noted(bench: KernelBench) {
  const documents = await bench.documents(boundary);
  return {
    note: documents.find(({ kind }) => kind === 'note'),
    receipts: documents.filter(({ kind }) => kind === 'receipt'),
  };
}

describe('a commit without events', () => {
  it('a put whose answer is lost is done once, and its commit succeeds', async () => {
    const bench = await kernelBench();
    await note(bench, 'first');
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    await note(bench, 'second');
    const { note: stored, receipts } = await noted(bench);
    expect(stored).toMatchObject({ text: 'second', version: 2 });
    expect(receipts).toEqual([expect.objectContaining({ ttl: 3_600 })]);
  });

  it('a put that creates its document is its own receipt, and is done once though its answer is lost', async () => {
    const bench = await kernelBench();
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    await note(bench, 'first');
    const { note: stored, receipts } = await noted(bench);
    expect(stored).toMatchObject({ text: 'first', version: 1 });
    expect(receipts).toEqual([]);
    expect(bench.faults.count('Batch')).toBe(2);
  });

  it('a put of a document that somebody else created meanwhile is stale, though the store lost the first sending', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    (await work.load(Note, 'n')).put({ text: 'mine' });
    bench.faults.next('Batch', { kind: 'drop' });
    bench.clock.duringNextWait(async () => {
      const elsewhere = bench.openElsewhere(boundary);
      (await elsewhere.load(Note, 'n')).put({ text: 'mine' });
      await elsewhere.commit();
    });
    await expect(work.commit()).rejects.toMatchObject({ name: 'StaleStateError' });
  });

  it('a put of a document that somebody else changed meanwhile is stale, though the store lost the first sending', async () => {
    const bench = await kernelBench();
    await note(bench, 'first');
    const work = bench.open(boundary);
    (await work.load(Note, 'n')).put({ text: 'mine' });
    bench.faults.next('Batch', { kind: 'drop' });
    bench.clock.duringNextWait(() => note({ open: bench.openElsewhere }, 'theirs'));
    await expect(work.commit()).rejects.toMatchObject({ name: 'StaleStateError' });
    expect((await noted(bench)).note).toMatchObject({ text: 'theirs' });
  });

  it('commits that tell, mark or answer something write no receipt besides', async () => {
    const bench = await kernelBench();
    await note(bench, 'first');
    const told = bench.open(boundary);
    (await told.load(Note, 'n')).put({ text: 'second' });
    (await told.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    await told.commit();
    const marked = bench.open(boundary);
    (await marked.load(Note, 'n')).put({ text: 'third' });
    marked.mark('inbox:count-up:event-1');
    await marked.commit();
    const answered = bench.open(boundary);
    (await answered.load(Note, 'n')).put({ text: 'fourth' });
    answered.answerWith((at) => ({ id: 'answer:1', boundary: at, kind: 'answer', version: 1, ttl: 60 }));
    await answered.commit();
    const { note: stored, receipts } = await noted(bench);
    expect([stored?.version, receipts]).toEqual([4, []]);
  });
});
