import { expect, it } from 'vitest';
import { Throttle } from './throttle.ts';

/** Work that goes on until the test ends it. */
function endless() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: () => promise, end: resolve };
}

it('a throttle refuses what is beyond the outstanding requests, until one has ended', async () => {
  const throttle = new Throttle({ maxOutstandingRequests: 2, maxConcurrentRequests: -1 });
  const [one, two] = [endless(), endless()];
  const [first, second] = [throttle.withPlace(one.work), throttle.withPlace(two.work)];
  expect(await throttle.withPlace(async () => undefined)).toBe(false);
  one.end();
  expect(await first).toBe(true);
  expect(await throttle.withPlace(async () => undefined)).toBe(true);
  two.end();
  expect(await second).toBe(true);
});

it('a throttle lets what is beyond the concurrent requests wait, in order, also behind one that fails', async () => {
  const throttle = new Throttle({ maxOutstandingRequests: -1, maxConcurrentRequests: 1 });
  const begun: number[] = [];
  const first = endless();
  const all = [
    throttle.withTurn(first.work),
    throttle.withTurn(async () => {
      begun.push(2);
      throw new Error('out of paper');
    }),
    throttle.withTurn(async () => {
      begun.push(3);
    }),
  ];
  expect(begun).toEqual([]);
  first.end();
  const ends = await Promise.allSettled(all);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(begun).toEqual([2, 3]);
});

it('a throttle without limits refuses nothing and lets nothing wait', async () => {
  const throttle = new Throttle({ maxOutstandingRequests: -1, maxConcurrentRequests: -1 });
  const held = Array.from({ length: 50 }, endless);
  const all = held.map(({ work }) => throttle.withPlace(() => throttle.withTurn(work)));
  for (const { end } of held) end();
  expect(await Promise.all(all)).toEqual(held.map(() => true));
});
