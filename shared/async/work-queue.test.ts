import { describe, expect, it } from 'vitest';
import { QueueFullError, WorkQueue } from './work-queue.ts';

const nobodyGivesUp = new AbortController().signal;

/** Works that each end when they are told to. */
function queueOf(atOnce: number, waiting: number) {
  const queue = new WorkQueue({ atOnce, waiting });
  const started: string[] = [];
  return {
    started,
    come(name: string, { signal = nobodyGivesUp, holder = 'anybody' } = {}) {
      const end = Promise.withResolvers<void>();
      const done = queue.within(holder, signal, (inTurn) =>
        inTurn(async () => {
          started.push(name);
          await end.promise;
          return name;
        }),
      );
      return { done, end: end.resolve };
    },
    queue,
  };
}

const allTurns = () => new Promise(setImmediate);

describe('a work queue', () => {
  it('a work queue lets so many work at once, and the others in the order in which they came', async () => {
    const { come, started } = queueOf(2, 2);
    const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((name) => come(name));
    await allTurns();
    expect(started).toEqual(['one', 'two']);
    two?.end();
    await two?.done;
    await allTurns();
    expect(started).toEqual(['one', 'two', 'three']);
    for (const work of [one, three, four]) work?.end();
    expect(await Promise.all([one, three, four].map((work) => work?.done))).toEqual(['one', 'three', 'four']);
  });

  it('a work queue refuses whoever comes when it is full, before they have done anything', async () => {
    const { come, queue } = queueOf(1, 1);
    const works = [come('one'), come('two')];
    let hasBegun = false;
    const refused = queue.within('anybody', nobodyGivesUp, async () => {
      hasBegun = true;
    });
    await expect(refused).rejects.toBeInstanceOf(QueueFullError);
    expect(hasBegun).toBe(false);
    for (const { end } of works) end();
    await Promise.all(works.map(({ done }) => done));
    const later = come('later');
    later.end();
    expect(await later.done).toBe('later');
  });

  it('a full work queue has room for who has less than a fair share of it, and they wait as the others do', async () => {
    const { come, started } = queueOf(1, 3);
    const many = ['one', 'two', 'three', 'four'].map((name) => come(name));
    const few = ['five', 'six'].map((name) => come(name, { holder: 'somebody else' }));
    await expect(come('seven', { holder: 'somebody else' }).done).rejects.toBeInstanceOf(QueueFullError);
    await expect(come('eight').done).rejects.toBeInstanceOf(QueueFullError);
    const all = [...many, ...few];
    for (const { end } of all) end();
    await Promise.all(all.map(({ done }) => done));
    expect(started).toEqual(['one', 'two', 'three', 'four', 'five', 'six']);
  });

  it('a place in a work queue is taken by whoever is inside, also while they do nothing heavy', async () => {
    const { queue } = queueOf(1, 0);
    const light = Promise.withResolvers<void>();
    const inside = queue.within('anybody', nobodyGivesUp, () => light.promise);
    await expect(queue.within('anybody', nobodyGivesUp, async () => 1)).rejects.toBeInstanceOf(QueueFullError);
    light.resolve();
    await inside;
    expect(await queue.within('anybody', nobodyGivesUp, async () => 1)).toBe(1);
  });

  it('whoever gives up while they wait in a work queue leaves their place to another, and never works', async () => {
    const { come, started } = queueOf(1, 1);
    const first = come('first');
    const givingUp = new AbortController();
    const impatient = come('impatient', { signal: givingUp.signal });
    givingUp.abort(new RangeError('too long'));
    await expect(impatient.done).rejects.toBeInstanceOf(RangeError);
    const next = come('next');
    first.end();
    next.end();
    expect(await Promise.all([first.done, next.done])).toEqual(['first', 'next']);
    expect(started).toEqual(['first', 'next']);
  });

  it('whoever has given up before their turn does not get one', async () => {
    const { come, started } = queueOf(1, 1);
    await expect(come('late', { signal: AbortSignal.abort(new RangeError('too long')) }).done).rejects.toBeInstanceOf(
      RangeError,
    );
    expect(started).toEqual([]);
  });

  it('a work queue goes on after work that failed', async () => {
    const { queue } = queueOf(1, 0);
    const failing = queue.within('anybody', nobodyGivesUp, (inTurn) =>
      inTurn(() => Promise.reject(new RangeError('no'))),
    );
    await expect(failing).rejects.toBeInstanceOf(RangeError);
    expect(await queue.within('anybody', nobodyGivesUp, (inTurn) => inTurn(async () => 1))).toBe(1);
  });
});
