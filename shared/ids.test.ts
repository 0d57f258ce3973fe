import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashOf, idsAfter, newId, randomHex, repeatableIds, timeOfId } from './ids.ts';

const take = (count: number, makeId: () => string) => Array.from({ length: count }, makeId);

describe('repeatable ids', () => {
  it('repeatable ids are the same for the same seed, so that a repeated request finds the first one', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (seed) => {
        expect(take(3, repeatableIds(...seed))).toEqual(take(3, repeatableIds(...seed)));
      }),
    );
  });

  it('repeatable ids are unique UUIDs', () => {
    const ids = take(1_000, repeatableIds('main', 'sub', 'key'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(z.uuid({ version: 'v8' }).safeParse(id).success).toBe(true);
  });

  it('repeatable ids differ if the same text is split differently, so that callers cannot collide by choice of key', () => {
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
  it('new ids sort by the time of their creation', () => {
    const ids = take(1_000, newId);
    expect(ids.toSorted()).toEqual(ids);
    expect(z.uuidv7().safeParse(ids[0]).success).toBe(true);
  });

  it('new ids differ, also past what was kept of random bytes', () => {
    const ids = take(2_000, newId).map((id) => id.slice(-12));
    expect(new Set(ids).size).toBe(ids.length);
    const texts = take(2_000, randomHex);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).toMatch(/^[0-9a-f]{32}$/);
  });
});

// Source: https://www.rfc-editor.org/rfc/rfc9562#name-example-of-a-uuidv7-value
it('a new id contains the time of its creation', () => {
  expect(timeOfId('017f22e2-79b0-7cc3-98c4-dc0c0c07398f').toISOString()).toBe('2022-02-22T19:22:22.000Z');
  expect(() => timeOfId('no-uuid')).toThrow(TypeError);
});

it('ids that are made some time after an id, or before it, begin where that says', () => {
  const id = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
  expect([idsAfter(id, 1), idsAfter(id, -1), idsAfter(id, 0x10000)]).toEqual([
    '017f22e2-79b1',
    '017f22e2-79af',
    '017f22e3-79b0',
  ]);
  expect(idsAfter('ffffffff-ffff-7cc3-98c4-dc0c0c07398f', 1)).toBe('ffffffff-ffff');
});
