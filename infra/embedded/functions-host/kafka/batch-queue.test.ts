import { describe, expect, it } from 'vitest';
import { BatchQueue } from './batch-queue.ts';

describe('a batch queue', () => {
  it('a batch queue combines items that are added at once, in order, into batches up to the maximum size', async () => {
    const batches: string[][] = [];
    const queue = new BatchQueue<string>(3, async (batch) => void batches.push(batch));
    await Promise.all([queue.add(['a1', 'a2']), queue.add(['b1', 'b2']), queue.add([])]);
    expect(batches).toEqual([['a1', 'a2', 'b1'], ['b2']]);
  });

  it('a batch queue processes one batch at a time', async () => {
    let running = 0;
    const queue = new BatchQueue<number>(1, async () => {
      expect(++running).toBe(1);
      await Promise.resolve();
      running--;
    });
    await Promise.all([queue.add([1, 2]), queue.add([3])]);
  });

  it('adding to a batch queue resolves once the added items are processed', async () => {
    const processed: string[] = [];
    const queue = new BatchQueue<string>(1, async (batch) => void processed.push(...batch));
    const second = queue.add(['a']).then(() => queue.add(['c']));
    await queue.add(['b']);
    expect(processed.slice(0, 2)).toEqual(['a', 'b']);
    await second;
    expect(processed).toEqual(['a', 'b', 'c']);
  });

  it('a failed batch fails all waiting items, and the batch queue accepts new ones', async () => {
    const processed: string[] = [];
    const queue = new BatchQueue<string>(1, async ([item = '']) => {
      if (item === 'bad') throw new Error('bad');
      processed.push(item);
    });
    const settled = await Promise.allSettled([queue.add(['good']), queue.add(['bad']), queue.add(['behind'])]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await queue.add(['later']);
    expect(processed).toEqual(['good', 'later']);
  });
});
