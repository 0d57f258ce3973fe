import { describe, expect, it } from 'vitest';
import { Counted, Counter, Note } from '../../../rigs/kernel/counter.ts';
import { refuse } from '../../../rigs/kernel/fault-script.ts';
import { type KernelBench, kernelBench } from '../../../rigs/kernel/kernel-bench.ts';

const boundary = 'main/counters';
const up = (counter: string) => Counted({ counter, by: 1 });

interface Committed {
  /** What the commit failed of, if it did. */
  readonly failure: string | undefined;
  readonly requestUnits: number;
}

/** Counts up each of these side by side, in a unit of work of its own: a counter and what is owed of it. */
async function countEach(
  { open }: Pick<KernelBench, 'open'>,
  counters: readonly string[],
): Promise<readonly Committed[]> {
  const counting = counters.map(async (counter) => {
    let requestUnits = 0;
    const work = open(boundary, { charge: (_, more) => (requestUnits += more) });
    (await work.expectNew(Counter, counter)).record(up(counter));
    const [end] = await Promise.allSettled([work.commit()]);
    return { failure: end?.status === 'rejected' ? String(end.reason.name) : undefined, requestUnits };
  });
  return Promise.all(counting);
}

async function failuresOf(bench: KernelBench, counters: readonly string[]) {
  return (await countEach(bench, counters)).map(({ failure }) => failure);
}

/** What has been counted, and of what the bus is owed an event. */
async function counted({ documents, owed }: KernelBench) {
  const counters = (await documents(boundary)).filter(({ kind }) => kind === 'counter');
  const events = (await owed(boundary)).map(({ envelope }) => envelope.subject);
  return { counters: counters.map(({ id, count }) => [id, count]).sort(), events: events.sort() };
}

const counters = ['a', 'b', 'c'];
const none = [undefined, undefined, undefined];
const eachOnce = {
  counters: counters.map((counter) => [`counter:${counter}`, 1]),
  events: counters.map((counter) => `counter/${counter}`),
};

describe('commits to one boundary', () => {
  it('commits of one turn to one boundary go as one, and each is charged for its own', async () => {
    const bench = await kernelBench();
    const [alone] = await countEach(bench, ['alone']);
    bench.faults.recount();
    const committed = await countEach(bench, counters);
    expect(committed).toEqual(counters.map(() => alone));
    expect(alone?.requestUnits).toBeGreaterThan(0);
    expect(bench.faults.count('Batch')).toBe(1);
    expect((await counted(bench)).events).toEqual(['counter/a', 'counter/alone', 'counter/b', 'counter/c']);
  });

  it('a commit that somebody was before is stale by itself, and those that went with it are written', async () => {
    const bench = await kernelBench();
    await countEach(bench, ['b']);
    expect(await failuresOf(bench, counters)).toEqual([undefined, 'StaleStateError', undefined]);
    expect(await counted(bench)).toEqual(eachOnce);
  });

  it('commits that write the same document do not go together, and the second is stale', async () => {
    const bench = await kernelBench();
    const failures = await failuresOf(bench, ['a', 'b', 'a', 'c']);
    expect(failures.filter((failure) => failure === 'StaleStateError')).toHaveLength(1);
    expect(bench.faults.count('Batch')).toBe(2);
    expect(await counted(bench)).toEqual(eachOnce);
  });

  it.each([
    ['whose one answer is lost', { kind: 'apply-then-drop' }],
    ['whose one request is lost', { kind: 'drop' }],
    ['that the store has no room for', refuse(429, 1)],
    ['of which the store has no room for one', { kind: 'refuse', status: 449, position: 2 }],
    ['that are too large together', refuse(413)],
  ] as const)('commits %s are all done, and once', async (_, verdict) => {
    const bench = await kernelBench();
    bench.faults.next('Batch', verdict);
    expect(await failuresOf(bench, counters)).toEqual(none);
    expect(await counted(bench)).toEqual(eachOnce);
  });

  it('commits of more operations than a batch takes go in as few as they fit into', async () => {
    const bench = await kernelBench();
    const many = Array.from({ length: 120 }, (_, n) => String(n));
    expect((await failuresOf(bench, many)).filter((failure) => failure !== undefined)).toEqual([]);
    expect(bench.faults.count('Batch')).toBe(3);
  });

  it('commits to several boundaries go apart', async () => {
    const bench = await kernelBench();
    const commits = counters.map(async (name) => {
      const work = bench.open(`main/notes-of:${name}`);
      (await work.expectNew(Note, '1')).put({ text: name });
      (await work.expectNew(Note, '2')).put({ text: name });
      await work.commit();
    });
    await Promise.all(commits);
    expect(bench.faults.count('Batch')).toBe(3);
  });
});
