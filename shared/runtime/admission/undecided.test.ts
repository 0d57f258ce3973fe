import { describe, expect, it } from 'vitest';
import { Undecided } from './undecided.ts';

function accepted(undecided: Undecided, key: string, at: number, tenant = 'main') {
  const entry = { tenant, since: at };
  undecided.enter(entry);
  undecided.accept(entry, key, at);
}

describe('what is undecided', () => {
  it('what is undecided counts from when its request is let in until it is decided', () => {
    const undecided = new Undecided();
    const entry = { tenant: 'main', since: 0 };
    undecided.enter(entry);
    expect(undecided.size).toBe(1);
    undecided.accept(entry, 'a', 10);
    expect([undecided.size, undecided.of('main'), undecided.of('other')]).toEqual([
      1,
      { own: 1, others: 0 },
      { own: 0, others: 1 },
    ]);
    expect(undecided.decide('a')).toMatchObject({ tenant: 'main', since: 0 });
    expect([undecided.size, undecided.of('other')]).toEqual([0, { own: 0, others: 0 }]);
    expect(undecided.decide('a')).toBeUndefined();
  });

  it('what nobody decides counts until something is decided that was accepted two seconds later, and is known until it was ten', () => {
    const undecided = new Undecided();
    accepted(undecided, 'a', 0);
    accepted(undecided, 'b', 1_000);
    for (const at of [1_999, 2_000, 10_000]) accepted(undecided, `later ${at}`, at);
    undecided.decide('later 1999');
    expect(undecided.expire()).toEqual({ overtaken: 0, oldestAt: 0 });
    undecided.decide('later 2000');
    expect(undecided.expire()).toEqual({ overtaken: 1, oldestAt: 1_000 });
    expect(undecided.size).toBe(2);
    undecided.decide('later 10000');
    expect(undecided.expire()).toEqual({ overtaken: 1, oldestAt: undefined });
    expect(undecided.size).toBe(0);
    expect(undecided.decide('a')).toBeUndefined();
    expect(undecided.decide('b')).toMatchObject({ since: 1_000 });
  });

  it('while nothing is decided, everything counts however long it waits', () => {
    const undecided = new Undecided();
    for (let n = 0; n < 100; n += 1) accepted(undecided, `${n}`, n * 1_000);
    expect(undecided.expire()).toEqual({ overtaken: 0, oldestAt: 0 });
    expect(undecided.size).toBe(100);
  });

  it('a request that is under way counts for as long as it takes', () => {
    const undecided = new Undecided();
    const entry = { tenant: 'main', since: 0 };
    undecided.enter(entry);
    undecided.expire();
    expect(undecided.size).toBe(1);
    undecided.leave(entry);
    expect(undecided.size).toBe(0);
  });

  it('two things that the same commit may decide count once', () => {
    const undecided = new Undecided();
    accepted(undecided, 'a', 0);
    accepted(undecided, 'a', 1);
    expect(undecided.size).toBe(1);
    undecided.decide('a');
    expect(undecided.size).toBe(0);
  });

  it('no more than fifty thousand are known: the oldest, which are decided first', () => {
    const undecided = new Undecided();
    for (let n = 0; n < 50_010; n += 1) accepted(undecided, `${n}`, n / 100);
    expect(undecided.size).toBe(50_000);
    expect([undecided.decide('0'), undecided.decide('50000')]).toEqual([expect.anything(), undefined]);
  });

  it('of those that nobody has told of for ten minutes the oldest give way to the newest, so what is decided here from now on is seen', () => {
    const undecided = new Undecided();
    for (let n = 0; n < 50_000; n += 1) accepted(undecided, `${n}`, n / 1_000);
    accepted(undecided, 'early', 599_999);
    accepted(undecided, 'late', 600_000);
    expect(undecided.size).toBe(50_000);
    expect([undecided.decide('early'), undecided.decide('0')]).toEqual([undefined, undefined]);
    expect(undecided.decide('late')).toBeDefined();
    expect(undecided.expire().overtaken).toBe(49_999);
  });
});
