import { describe, expect, it } from 'vitest';
import { Note } from '../../../rigs/kernel/counter.ts';
import { type KernelBench, kernelBench } from '../../../rigs/kernel/kernel-bench.ts';

const boundaryOf = (name: string) => `main/notes-of:${name}`;

/** Notes something for each, side by side; answers with what the commits failed of. */
async function noteForEach(
  { open }: Pick<KernelBench, 'open'>,
  names: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const commits = names.map(async (name) => {
    const work = open(boundaryOf(name));
    (await work.expectNew(Note, 'n')).put({ text: name });
    await work.commit();
  });
  const ends = await Promise.allSettled(commits);
  return ends.map((end) => (end.status === 'rejected' ? end.reason.name : undefined));
}

async function notes({ documents }: KernelBench, names: readonly string[]) {
  const found = await Promise.all(names.map((name) => documents(boundaryOf(name))));
  return found.map((inBoundary) => inBoundary.map(({ text }) => text));
}

const names = ['a', 'b', 'c'];
const inTheirNotes = names.map((name) => [name]);

describe('commits of one document each', () => {
  it('commits of one turn share a request, whatever their boundaries', async () => {
    const bench = await kernelBench();
    expect(await noteForEach(bench, names)).toEqual([undefined, undefined, undefined]);
    expect([bench.faults.count('Batch'), bench.faults.count('Bulk')]).toEqual([0, 1]);
    expect(await notes(bench, names)).toEqual(inTheirNotes);
  });

  it('a commit that somebody was before is stale by itself, and the others are written', async () => {
    const bench = await kernelBench();
    await noteForEach(bench, ['b']);
    expect(await noteForEach(bench, names)).toEqual([undefined, 'StaleStateError', undefined]);
    expect(await notes(bench, names)).toEqual(inTheirNotes);
  });

  it('a commit that the store has no room for is sent again by itself', async () => {
    const bench = await kernelBench();
    bench.faults.next('Bulk', { kind: 'refuse', status: 429, position: 1 });
    expect(await noteForEach(bench, names)).toEqual([undefined, undefined, undefined]);
    expect([bench.faults.count('Bulk'), bench.faults.count('Batch')]).toEqual([1, 1]);
    expect(await notes(bench, names)).toEqual(inTheirNotes);
  });

  it('commits whose one answer is lost are done once, and each succeeds', async () => {
    const bench = await kernelBench();
    bench.faults.next('Bulk', { kind: 'apply-then-drop' });
    expect(await noteForEach(bench, names)).toEqual([undefined, undefined, undefined]);
    expect(await notes(bench, names)).toEqual(inTheirNotes);
  });

  it('commits whose one request is lost are all sent again', async () => {
    const bench = await kernelBench();
    bench.faults.next('Bulk', { kind: 'drop' });
    expect(await noteForEach(bench, names)).toEqual([undefined, undefined, undefined]);
    expect(await notes(bench, names)).toEqual(inTheirNotes);
  });
});
