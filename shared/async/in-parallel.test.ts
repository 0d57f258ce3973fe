import { describe, expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

const soon = () => new Promise((settle) => setImmediate(settle));

describe('inParallel', () => {
  it('inParallel handles each item once, and never more at a time than allowed', async () => {
    const done: number[] = [];
    let underWay = 0;
    let most = 0;
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await soon();
      underWay -= 1;
      done.push(item);
    });
    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('inParallel finishes the other items when one fails, and then throws the first failure', async () => {
    const done: number[] = [];
    const all = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
      await soon();
      if (item === 2 || item === 4) throw new Error(`no ${item}`);
      done.push(item);
    });
    await expect(all).rejects.toThrow('no 2');
    expect(done).toEqual([1, 3, 5]);
  });

  it('inParallel resolves at once if there are no items', async () => {
    await expect(inParallel([], 3, async () => expect.unreachable())).resolves.toBeUndefined();
  });
});
