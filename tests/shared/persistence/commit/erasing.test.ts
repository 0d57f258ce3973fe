import { describe, expect, it } from 'vitest';
import { Counted, Counter, Note } from '../../../rigs/kernel/counter.ts';
import { refuse } from '../../../rigs/kernel/fault-script.ts';
import { type KernelBench, kernelBench } from '../../../rigs/kernel/kernel-bench.ts';

const boundary = 'main/counters:a';
const noteCount = 130;

/** A boundary with more documents than one request removes, of every kind that there is. */
async function filled(bench: KernelBench): Promise<void> {
  for (const half of [0, 65]) {
    const work = bench.open(boundary);
    for (const number of Array.from({ length: noteCount / 2 }, (_, index) => half + index))
      (await work.load(Note, `${number}`)).put({ text: 'x' });
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    work.mark(`inbox:count-up:event-${half}`);
    work.answerWith((at) => ({ id: `answer:${half}`, boundary: at, kind: 'answer', version: 1, ttl: 60 }));
    await work.commit();
  }
}

async function kindsIn({ documents }: KernelBench, where = boundary): Promise<readonly string[]> {
  return (await documents(where)).map(({ kind }) => kind).toSorted();
}

it('erasing a boundary removes all but the excepted kinds, its outbox and its inbox markers', async () => {
  const bench = await kernelBench();
  await filled(bench);
  const other = bench.open('main/counters:b');
  (await other.load(Note, 'n')).put({ text: 'x' });
  await other.commit();
  await bench.open(boundary).erase({ except: [Counter] });
  expect(await kindsIn(bench)).toEqual(['counter', 'inbox', 'inbox', 'outbox', 'outbox']);
  expect(await kindsIn(bench, 'main/counters:b')).toEqual(['note']);
});

it('erasing a boundary can be repeated after it failed halfway, and then completes', async () => {
  const bench = await kernelBench();
  await filled(bench);
  const back = bench.faults.always('Bulk', refuse(503));
  await expect(bench.open(boundary).erase({ except: [] })).rejects.toMatchObject({ name: 'StoreUnavailableError' });
  back();
  await bench.open(boundary).erase({ except: [] });
  expect(await kindsIn(bench)).toEqual(['inbox', 'inbox', 'outbox', 'outbox']);
});

it('erasing a boundary is refused while something is recorded that is not committed', async () => {
  const bench = await kernelBench();
  const work = bench.open(boundary);
  (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
  await expect(work.erase({ except: [] })).rejects.toThrow('commit what was recorded before');
  await work.commit();
  await work.erase({ except: [] });
  expect(await kindsIn(bench)).toEqual(['outbox']);
});

describe('a document that is removed', () => {
  const noted = async ({ open }: KernelBench) => {
    const work = open(boundary);
    (await work.load(Note, 'n')).put({ text: 'x' });
    await work.commit();
  };

  it('a document that is removed is gone with the commit, together with what else was recorded', async () => {
    const bench = await kernelBench();
    await noted(bench);
    const work = bench.open(boundary);
    const note = await work.load(Note, 'n');
    note.remove();
    expect([note.exists, work.hasChanges]).toEqual([false, true]);
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    await work.commit();
    expect(await kindsIn(bench)).toEqual(['counter', 'outbox']);
  });

  it('a document that has changed since it was read is not removed', async () => {
    const bench = await kernelBench();
    await noted(bench);
    const work = bench.open(boundary);
    (await work.load(Note, 'n')).remove();
    await noted(bench);
    await expect(work.commit()).rejects.toMatchObject({ name: 'StaleStateError' });
    expect(await kindsIn(bench)).toContain('note');
  });

  it('removing a document that is not there, or was only about to be, writes nothing', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    const note = await work.load(Note, 'n');
    note.remove();
    note.put({ text: 'x' });
    note.remove();
    expect(work.hasChanges).toBe(false);
    const savepoint = work.savepoint();
    note.put({ text: 'y' });
    work.rollBack(savepoint);
    await work.commit();
    expect(bench.faults.count('Batch')).toBe(0);
  });
});
