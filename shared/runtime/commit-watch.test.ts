import { describe, expect, it } from 'vitest';
import { settlesWithin } from '../async/timeout.ts';
import { CommitWatch } from './commit-watch.ts';

describe('CommitWatch', () => {
  it('all who wait for a boundary are told of the next commit in it, and of no other', async () => {
    const watch = new CommitWatch();
    const [one, two] = [watch.next('orders', 'main/order:1'), watch.next('orders', 'main/order:1')];
    const another = watch.next('orders', 'main/order:2');
    watch.tell('inventory', 'main/order:2');
    watch.tell('orders', 'main/order:1');
    await Promise.all([one.told, two.told]);
    expect(await settlesWithin(another.told, 0)).toBe(false);
  });

  it('nothing is kept of whom was told or waits no longer', () => {
    const watch = new CommitWatch();
    const [told, waiting, other] = [watch.next('c', 'a'), watch.next('c', 'b'), watch.next('c', 'b')];
    watch.tell('c', 'a');
    told.forget();
    waiting.forget();
    expect(watch.size).toBe(1);
    other.forget();
    expect(watch.size).toBe(0);
  });

  it('who waits for the commit after the one they were told of keeps waiting when the first is forgotten', async () => {
    const watch = new CommitWatch();
    const first = watch.next('c', 'a');
    watch.tell('c', 'a');
    const second = watch.next('c', 'a');
    first.forget();
    watch.tell('c', 'a');
    await second.told;
    expect(watch.size).toBe(0);
  });
});
