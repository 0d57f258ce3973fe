import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayHaveMore } from './fair-share.ts';

describe('a fair share', () => {
  it('everybody may have more while there is room', () => {
    expect(mayHaveMore({ limit: 10, size: 9, own: 9, others: 3 })).toBe(true);
  });

  it('whoever has it all may have no more once it is full', () => {
    expect(mayHaveMore({ limit: 10, size: 10, own: 10, others: 0 })).toBe(false);
  });

  it('whoever has less than others may have more although it is full, up to an equal share', () => {
    expect(mayHaveMore({ limit: 10, size: 10, own: 0, others: 1 })).toBe(true);
    expect(mayHaveMore({ limit: 10, size: 14, own: 4, others: 1 })).toBe(true);
    expect(mayHaveMore({ limit: 10, size: 15, own: 5, others: 1 })).toBe(false);
  });

  it('whoever wants little has its share, however much others had piled up before', () => {
    expect(mayHaveMore({ limit: 10, size: 10_000, own: 4, others: 1 })).toBe(true);
    expect(mayHaveMore({ limit: 10, size: 10_000, own: 5, others: 1 })).toBe(false);
  });

  it('a holder has room for one however many others there are', () => {
    expect(mayHaveMore({ limit: 10, size: 12, own: 0, others: 30 })).toBe(true);
  });

  it('each holder more lets all together have less more: the second half of the limit, the third a third, and so on', () => {
    const wishes = fc.array(fc.record({ holder: fc.nat({ max: 60 }), times: fc.nat({ max: 60 }) }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), wishes, (limit, holders) => {
        const has = new Map<number, number>();
        let size = 0;
        for (const holder of holders.flatMap(({ holder, times }) => Array.from({ length: times }, () => holder))) {
          const own = has.get(holder) ?? 0;
          const others = [...has.keys()].filter((one) => one !== holder).length;
          if (!mayHaveMore({ limit, size, own, others })) continue;
          has.set(holder, own + 1);
          size += 1;
        }
        const shares = Array.from({ length: Math.min(has.size, limit) }, (_, n) => Math.ceil(limit / (n + 1)));
        const most = shares.reduce((sum, one) => sum + one, 0);
        expect(size).toBeLessThanOrEqual(Math.max(2 * limit, most));
      }),
    );
  });

  it('a flood that came first keeps no other holder from an equal share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 80 }), (limit, flood) => {
        const size = Math.min(flood, limit);
        expect(mayHaveMore({ limit, size, own: 0, others: 1 })).toBe(true);
      }),
    );
  });
});
