import { describe, expect, it } from 'vitest';
import { Workers } from './workers.ts';

/** Workers on items that end when the test says so. */
function startWorkers(limits: { readonly atOnce: number; readonly waiting: number }) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const workers = new Workers<string>({
    ...limits,
    keyOf: (item) => item,
    work: (item) => {
      begun.push(item);
      return new Promise((resolve) => ends.set(item, resolve));
    },
  });
  return { workers, begun, end: (item: string) => ends.get(item)?.() };
}

describe('workers', () => {
  it('workers begin a few items at once, let a few more wait, and refuse the rest', () => {
    const { workers, begun } = startWorkers({ atOnce: 2, waiting: 1 });
    expect(['a', 'b', 'c', 'd'].map((item) => workers.offer(item))).toEqual([true, true, true, false]);
    expect(begun).toEqual(['a', 'b']);
  });

  it('workers have room again once an item has ended, and begin what waited in its order', async () => {
    const { workers, begun, end } = startWorkers({ atOnce: 1, waiting: 2 });
    for (const item of ['a', 'b', 'c']) workers.offer(item);
    const room = workers.room();
    end('a');
    await room;
    expect(begun).toEqual(['a', 'b']);
    expect(workers.offer('d')).toBe(true);
  });

  it('workers take an item once that waits already', async () => {
    const { workers, begun, end } = startWorkers({ atOnce: 1, waiting: 1 });
    for (const item of ['a', 'b', 'b']) expect(workers.offer(item)).toBe(true);
    end('a');
    await workers.room();
    end('b');
    await workers.idle();
    expect(begun).toEqual(['a', 'b']);
  });

  it('workers work on an item once more that comes again while it is under way, and never at the same time', async () => {
    const { workers, begun, end } = startWorkers({ atOnce: 2, waiting: 1 });
    for (const item of ['a', 'a']) expect(workers.offer(item)).toBe(true);
    expect(begun).toEqual(['a']);
    end('a');
    await workers.room();
    expect(begun).toEqual(['a', 'a']);
  });

  it('workers that are stopped forget what waits, end what is under way, and take nothing new', async () => {
    const { workers, begun, end } = startWorkers({ atOnce: 1, waiting: 5 });
    for (const item of ['a', 'b', 'c']) workers.offer(item);
    const stopped = workers.stop();
    expect(workers.offer('d')).toBe(false);
    end('a');
    await stopped;
    expect(begun).toEqual(['a']);
  });
});
