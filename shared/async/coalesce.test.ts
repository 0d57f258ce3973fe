import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Coalescer } from './coalesce.ts';

/** A flush that goes on until the test ends it, and what it was given. */
function heldFlush() {
  const flushes: (readonly number[])[] = [];
  let end = Promise.withResolvers<void>();
  const flush = (items: readonly number[]) => {
    flushes.push(items);
    end = Promise.withResolvers();
    return end.promise;
  };
  return { flushes, flush, endFlush: () => end.resolve() };
}
const soon = () => new Promise((settle) => setImmediate(settle));

describe('a coalescer', () => {
  it('a coalescer flushes at once if no flush is running', async () => {
    const { flushes, flush } = heldFlush();
    new Coalescer(flush).add(1, 2);
    await soon();
    expect(flushes).toEqual([[1, 2]]);
  });

  it('a coalescer keeps what arrives during a flush for the next, and never runs two flushes', async () => {
    const { flushes, flush, endFlush } = heldFlush();
    const coalescer = new Coalescer(flush);
    coalescer.add(1);
    await soon();
    coalescer.add(2);
    coalescer.add(3);
    await soon();
    expect(flushes).toEqual([[1]]);
    endFlush();
    await soon();
    expect(flushes).toEqual([[1], [2, 3]]);
  });

  it('a coalescer is idle only when no item waits and no flush is running', async () => {
    const { flush, endFlush } = heldFlush();
    const coalescer = new Coalescer(flush);
    await coalescer.idle();
    coalescer.add(1);
    await soon();
    coalescer.add(2);
    let isIdle = false;
    const idle = coalescer.idle().then(() => {
      isIdle = true;
    });
    endFlush();
    await soon();
    expect(isIdle).toBe(false);
    endFlush();
    await idle;
  });

  it('a coalescer starts again after it was idle', async () => {
    const flushes: (readonly number[])[] = [];
    const coalescer = new Coalescer<number>(async (items) => void flushes.push(items));
    for (const item of [1, 2, 3]) {
      coalescer.add(item);
      await coalescer.idle();
    }
    expect(flushes).toEqual([[1], [2], [3]]);
  });

  describe('a coalescer with a time to gather', () => {
    const anHour = 3_600_000;

    it('a coalescer that gathers flushes what comes while the first item waits with it, once there is enough', async () => {
      const { flushes, flush } = heldFlush();
      const coalescer = new Coalescer(flush, { gatherMs: anHour, full: 3 });
      for (const item of [1, 2]) {
        coalescer.add(item);
        await soon();
      }
      expect(flushes).toEqual([]);
      coalescer.add(3);
      await soon();
      expect(flushes).toEqual([[1, 2, 3]]);
    });

    it('a coalescer that gathers flushes a lone item once its time is over', async () => {
      const flushed = Promise.withResolvers<readonly number[]>();
      new Coalescer<number>(async (items) => flushed.resolve(items), { gatherMs: 1, full: 3 }).add(1);
      expect(await flushed.promise).toEqual([1]);
    });

    it('a coalescer that is hurried flushes what is there at once, and gathers what comes later again', async () => {
      const { flushes, flush, endFlush } = heldFlush();
      const coalescer = new Coalescer(flush, { gatherMs: anHour, full: 3 });
      coalescer.add(1);
      coalescer.hurry();
      await soon();
      coalescer.add(2);
      endFlush();
      await soon();
      expect(flushes).toEqual([[1]]);
      coalescer.hurry();
      await soon();
      expect(flushes).toEqual([[1], [2]]);
    });

    it('a coalescer that somebody waits for until it is idle hurries all that comes meanwhile', async () => {
      const { flushes, flush, endFlush } = heldFlush();
      const coalescer = new Coalescer(flush, { gatherMs: anHour, full: 3 });
      coalescer.add(1);
      await soon();
      const idle = coalescer.idle();
      await soon();
      coalescer.add(2);
      endFlush();
      await soon();
      endFlush();
      await idle;
      expect(flushes).toEqual([[1], [2]]);
    });
  });

  it('a coalescer flushes every item once and in order, however items arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean())), async (steps) => {
        const flushed: number[] = [];
        const coalescer = new Coalescer<number>(async (items) => {
          await Promise.resolve();
          flushed.push(...items);
        });
        let next = 0;
        for (const [count, yields] of steps) {
          coalescer.add(...Array.from({ length: count }, () => next++));
          if (yields) await Promise.resolve();
        }
        await coalescer.idle();
        expect(flushed).toEqual(Array.from({ length: next }, (_, index) => index));
      }),
    );
  });
});
