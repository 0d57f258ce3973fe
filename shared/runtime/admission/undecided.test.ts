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
      { ofTenant: 1, others: 0 },
      { ofTenant: 0, others: 1 },
    ]);
    expect(undecided.decide('a')).toMatchObject({ tenant: 'main', since: 0 });
    expect([undecided.size, undecided.of('other')]).toEqual([0, { ofTenant: 0, others: 0 }]);
    expect(undecided.decide('a')).toBeUndefined();
  });

  it('what nobody decides is counted for two seconds, and known for ten', () => {
    const undecided = new Undecided();
    accepted(undecided, 'a', 0);
    accepted(undecided, 'b', 1_000);
    expect(undecided.expire(1_999)).toEqual({ uncounted: 0, unheardOf: [] });
    expect(undecided.expire(2_000)).toEqual({ uncounted: 1, unheardOf: [] });
    expect(undecided.size).toBe(1);
    expect(undecided.expire(10_500)).toEqual({ uncounted: 1, unheardOf: [0] });
    expect(undecided.size).toBe(0);
    expect(undecided.decide('a')).toBeUndefined();
    expect(undecided.decide('b')).toMatchObject({ since: 1_000 });
  });

  it('a request that is under way counts for as long as it takes', () => {
    const undecided = new Undecided();
    const entry = { tenant: 'main', since: 0 };
    undecided.enter(entry);
    undecided.expire(60_000);
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

  it('no more than ten thousand are counted, and as many remembered', () => {
    const undecided = new Undecided();
    for (let n = 0; n < 25_000; n += 1) accepted(undecided, `${n}`, n / 100);
    undecided.expire(250);
    expect(undecided.size).toBe(10_000);
    expect([undecided.decide('4999'), undecided.decide('5000')]).toEqual([undefined, expect.anything()]);
  });
});
