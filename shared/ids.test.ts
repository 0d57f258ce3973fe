import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashOf, newId, repeatableIds } from './ids.ts';

const take = (count: number, makeId: () => string) => Array.from({ length: count }, makeId);

describe('repeatable ids', () => {
  it('are the same for the same seed, so that a repeated request meets the first', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (seed) => {
        expect(take(3, repeatableIds(...seed))).toEqual(take(3, repeatableIds(...seed)));
      }),
    );
  });

  it('are UUIDs, all different', () => {
    const ids = take(1_000, repeatableIds('main', 'sub', 'key'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(z.uuid({ version: 'v8' }).safeParse(id).success).toBe(true);
  });

  it('differ where the seed is cut otherwise, so that no caller can meet another by choosing a key', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(repeatableIds(...one)() === repeatableIds(...other)()).toBe(isSame);
        expect(hashOf(one) === hashOf(other)).toBe(isSame);
      }),
      { examples: [[['a', 'b'], ['ab']]] },
    );
  });
});

describe('new ids', () => {
  it('sort by the time of their making', () => {
    const ids = take(1_000, newId);
    expect(ids.toSorted()).toEqual(ids);
    expect(z.uuidv7().safeParse(ids[0]).success).toBe(true);
  });
});
