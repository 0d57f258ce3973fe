import { describe, expect, it } from 'vitest';
import { AtEase } from '../../../shared/consuming/at-ease.ts';
import { counting } from '../../rigs/kernel/counter.ts';
import { OwnClock } from '../../rigs/kernel/own-clock.ts';

const list = counting({ name: 'list', gathers: true });
const decision = counting({ name: 'decide' });

/** A consumer that says how long it rests after so many records. */
function resting(...reactions: readonly (typeof list)[]) {
  const clock = new OwnClock();
  const ease = new AtEase({ name: 'lists', reactions }, clock);
  return {
    clock,
    async restAfter(count: number, consumed = Promise.resolve()): Promise<number> {
      const began = clock.now().getTime();
      await ease.after(consumed, count);
      return clock.now().getTime() - began;
    },
  };
}

describe('a consumer for which nobody waits', () => {
  it('a consumer for which nobody waits does at once what comes now and then', async () => {
    const { clock, restAfter } = resting(list);
    for (let second = 0; second < 5; second += 1) {
      expect([await restAfter(10), await restAfter(9)]).toEqual([0, 0]);
      clock.pass(1_000);
    }
  });

  it('a consumer for which nobody waits rests after a batch where much has come in the last second', async () => {
    const { clock, restAfter } = resting(list);
    expect([await restAfter(10), await restAfter(10), await restAfter(1)]).toEqual([0, 250, 250]);
    clock.pass(1_000);
    expect(await restAfter(1)).toBe(0);
  });

  it('a consumer for which nobody waits does not rest after a batch that is large', async () => {
    const { restAfter } = resting(list);
    expect(await restAfter(50)).toBe(250);
    expect(await restAfter(100)).toBe(0);
  });

  it('a consumer does not rest where one of its reactions decides something', async () => {
    expect(await resting(list, decision).restAfter(50)).toBe(0);
  });

  it('a consumer does not rest after a batch that has to be delivered again', async () => {
    const { clock, restAfter } = resting(list);
    const began = clock.now();
    await expect(restAfter(50, Promise.reject(new Error('unfinished')))).rejects.toThrow('unfinished');
    expect(clock.now()).toEqual(began);
  });
});
