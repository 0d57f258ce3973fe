import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type NextOffsets, OffsetCommits } from './offset-commits.ts';

const intervalMs = 200;

/** A broker that writes down what it is asked to commit, and the commits of a consumer of it. */
function consumer() {
  const taken: [number, string][][] = [];
  const commits = new OffsetCommits(intervalMs);
  let refusals = 0;
  const commit = async (offsets: NextOffsets) => {
    if (refusals-- > 0) throw new Error('the broker is away');
    taken.push([...offsets]);
  };
  return {
    taken,
    commits,
    store: (partition: number, next: string) => commits.store(new Map([[partition, next]]), commit),
    refuse: (times: number) => {
      refusals = times;
    },
  };
}

const later = () => vi.advanceTimersByTimeAsync(intervalMs);

describe('the commits of a Kafka consumer', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
  });

  it('the first offset after a pause is committed at once, and those within the interval that follows together', async () => {
    const { taken, store } = consumer();
    store(0, '1');
    await vi.advanceTimersByTimeAsync(0);
    expect(taken).toEqual([[[0, '1']]]);
    store(0, '2');
    store(1, '8');
    store(0, '3');
    await vi.advanceTimersByTimeAsync(intervalMs / 2);
    expect(taken).toHaveLength(1);
    await later();
    expect(taken.slice(1)).toEqual([
      [
        [0, '3'],
        [1, '8'],
      ],
    ]);
  });

  it('an idle consumer has no timer', async () => {
    const { store } = consumer();
    store(0, '1');
    await later();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('what is stored is committed at once when it is asked for', async () => {
    const { taken, commits, store } = consumer();
    store(0, '1');
    await commits.flush();
    store(0, '2');
    await commits.flush();
    expect(taken).toEqual([[[0, '1']], [[0, '2']]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('offsets that the broker did not take are committed with the next ones, and never those of before instead of those of after', async () => {
    const { taken, refuse, store } = consumer();
    refuse(2);
    store(0, '1');
    store(1, '5');
    await vi.advanceTimersByTimeAsync(0);
    store(0, '2');
    await later();
    expect(taken).toEqual([]);
    await later();
    expect(taken).toEqual([
      [
        [0, '2'],
        [1, '5'],
      ],
    ]);
  });

  it('offsets of a membership that is over are not committed, whether they are stored or on their way', async () => {
    const { taken, commits, refuse, store } = consumer();
    store(0, '1');
    commits.forget();
    await later();
    refuse(1);
    store(0, '1');
    const refused = commits.flush();
    await Promise.resolve();
    commits.forget();
    await refused;
    await later();
    expect(taken).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a commit that is refused for a lost membership is told until the next one, and one that fails for anything else is not', async () => {
    const { commits, refuse, store } = consumer();
    refuse(1);
    store(0, '1');
    await commits.flush();
    expect(() => commits.throwIfLost()).not.toThrow();
    const loss = Object.assign(new Error('who are you?'), { type: 'UNKNOWN_MEMBER_ID' });
    commits.store(new Map([[0, '2']]), () => Promise.reject(loss));
    await commits.flush();
    expect(() => commits.throwIfLost()).toThrow(loss);
    commits.forget();
    expect(() => commits.throwIfLost()).not.toThrow();
  });

  it('a commit that is never answered holds up none of the next membership', async () => {
    const { taken, commits, store } = consumer();
    commits.store(new Map([[0, '1']]), () => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(0);
    store(0, '2');
    await later();
    expect(taken).toEqual([]);
    commits.forget();
    store(0, '1');
    await later();
    expect(taken).toEqual([[[0, '1']]]);
  });
});
