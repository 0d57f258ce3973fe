import { describe, expect, it } from 'vitest';
import { Counted, Counter } from '../../../rigs/kernel/counter.ts';
import { refuse } from '../../../rigs/kernel/fault-script.ts';
import { type KernelBench, kernelBench } from '../../../rigs/kernel/kernel-bench.ts';

const boundary = 'main/counters';

async function benchWith(counters: readonly string[]): Promise<KernelBench> {
  const bench = await kernelBench();
  const work = bench.open(boundary);
  for (const counter of counters) (await work.load(Counter, counter)).record(Counted({ counter, by: 1 }));
  await work.commit();
  bench.faults.recount();
  return bench;
}

/** Loads all of these in a unit of work of its own; tells what was there, and what that was charged. */
async function loading({ open }: KernelBench, counters: readonly string[]) {
  let requestUnits = 0;
  const work = open(boundary, { charge: (_, more) => (requestUnits += more) });
  const loaded = await work.loadAll(Counter, counters);
  return { counts: loaded.map(({ current }) => current?.count), requestUnits };
}

describe('documents that are read at once', () => {
  it('documents that several read in one turn are read in one request, each once, and the first of them is charged', async () => {
    const bench = await benchWith(['shop', 'a', 'b']);
    const alone = await loading(bench, ['shop', 'a']);
    bench.faults.recount();
    const [first, second] = await Promise.all([loading(bench, ['shop', 'a']), loading(bench, ['b', 'shop', 'none'])]);
    expect([bench.faults.count('Bulk'), bench.faults.count('Read')]).toEqual([1, 0]);
    expect(first).toEqual(alone);
    expect(second?.counts).toEqual([1, 1, undefined]);
    expect(second?.requestUnits).toBeLessThan(alone.requestUnits);
  });

  it('documents that cannot be read together are read for each who has asked', async () => {
    const bench = await benchWith(['a', 'b', 'c', 'd']);
    bench.faults.next('Bulk', refuse(400));
    const [first, second] = await Promise.all([loading(bench, ['a', 'b']), loading(bench, ['c', 'd'])]);
    expect([first.counts, second.counts]).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(bench.faults.count('Bulk')).toBe(3);
  });
});
