import { describe, expect, it } from 'vitest';
import { withDeadline } from '../../../shared/persistence/documents/parked-deadline.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { PostcardEnded, postcardBench } from '../../rigs/effects/postcards.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { meetReminder, remind } from '../../rigs/kernel/reminder.ts';

const minute = 60_000;
const hour = 60 * minute;
const away = () => Promise.reject(new Error('connection refused'));

describe('an effect that fails', () => {
  it('an effect that fails is made again after each pause, and given up after the last, which is settled once', async () => {
    const bench = await postcardBench();
    bench.provider.answer = away;
    await bench.write('a');
    await bench.lane.idle();
    expect(await bench.stored('a')).toMatchObject({ dueAt: '2026-11-22T10:01:00.000Z', attempt: { number: 1 } });
    await bench.sweep(minute);
    expect(await bench.stored('a')).toMatchObject({ dueAt: '2026-11-22T10:06:00.000Z', attempt: { number: 2 } });
    await bench.sweep(5 * minute);
    await bench.sweep(hour);
    expect(bench.attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(await bench.told('a')).toEqual(['gave-up']);
  });

  it('an effect that the provider refuses for good is settled as refused, and never performed again', async () => {
    const bench = await postcardBench();
    bench.provider.answer = async () => ({ kind: 'refused', reason: 'unknown address' });
    await bench.write('a');
    await bench.lane.idle();
    await bench.sweep(hour);
    expect(bench.attempts).toHaveLength(1);
    expect(await bench.told('a')).toEqual(['refused']);
  });

  it('an effect whose last attempt was cut off by a crash is given up, unless the provider knows better', async () => {
    const ask = [undefined, async () => ({ kind: 'done' }) as const];
    for (const [index, how] of ['gave-up', 'done'].entries()) {
      const asked = ask[index];
      const bench = await postcardBench({ retryAfter: [], ...(asked === undefined ? {} : { ask: asked }) });
      bench.provider.answer = () => new Promise(() => undefined);
      await bench.write('a');
      await bench.sweep(minute, bench.openLane());
      expect(bench.attempts.length).toBeLessThanOrEqual(1);
      expect(await bench.told('a')).toEqual([how]);
    }
  });
});

describe('a provider that is well', () => {
  it('a provider that says of some that they fail for now is asked for all others, and those are tried again after their pause', async () => {
    const bench = await postcardBench({ concurrency: 1 });
    bench.provider.answer = async () => ({ kind: 'failed', error: new Error('its letter box is full') });
    const cards = Array.from({ length: 8 }, (_, index) => `${index}`);
    for (const card of cards) await bench.abandon(card);
    await bench.sweep(10_000);
    expect(bench.attempts).toHaveLength(cards.length);
    expect(bench.lane.breaker.state).toBe('closed');
    bench.provider.answer = async () => ({ kind: 'done' });
    await bench.sweep(minute);
    for (const card of cards) expect(await bench.told(card)).toEqual(['done']);
  });
});

describe('a provider that asks for a pause', () => {
  it('a provider that is busy uses up no attempt, and nothing else is asked of it until then', async () => {
    const bench = await postcardBench({ concurrency: 1 });
    bench.provider.answer = async () => ({ kind: 'busy', retryAfterMs: 30_000 });
    for (const card of ['a', 'b']) await bench.write(card);
    await bench.lane.idle();
    await bench.sweep(29_999);
    expect(bench.attempts).toMatchObject([{ card: 'a', attempt: 1 }]);
    expect(await bench.stored('a')).not.toHaveProperty('attempt');
    bench.provider.answer = async () => ({ kind: 'done' });
    await bench.sweep(1);
    expect(bench.attempts.slice(1).map(({ card, attempt }) => [card, attempt])).toEqual(
      expect.arrayContaining([
        ['a', 1],
        ['b', 1],
      ]),
    );
    for (const card of ['a', 'b']) expect(await bench.told(card)).toEqual(['done']);
  });
});

describe('a provider that is away', () => {
  it('a provider that is away is left alone but for one attempt at a time, and no other uses up an attempt', async () => {
    const bench = await postcardBench({ concurrency: 1 });
    bench.provider.answer = away;
    const cards = Array.from({ length: 20 }, (_, index) => `${index}`);
    for (const card of cards) await bench.abandon(card);
    await bench.sweep(10_000);
    expect(bench.attempts).toHaveLength(3);
    expect(bench.lane.breaker.state).toBe('open');
    await bench.sweep(999);
    expect(bench.attempts).toHaveLength(3);
    await bench.sweep(1);
    expect(bench.attempts).toHaveLength(4);
    const untouched = await Promise.all(cards.map(bench.stored));
    expect(untouched.filter((card) => card?.attempt === undefined)).toHaveLength(16);
  });

  it('effects that waited for a provider are all performed once it is back', async () => {
    const bench = await postcardBench({ concurrency: 1 });
    bench.provider.answer = away;
    const cards = Array.from({ length: 20 }, (_, index) => `${index}`);
    for (const card of cards) await bench.abandon(card);
    await bench.sweep(10_000);
    bench.provider.answer = async () => ({ kind: 'done' });
    await bench.sweep(2_000);
    expect(bench.lane.breaker.state).toBe('closed');
    await bench.sweep(minute);
    for (const card of cards) expect(await bench.told(card)).toEqual(['done']);
  });

  it('deadlines of the service are met while the provider of an effect never answers', async () => {
    const bench = await postcardBench({ concurrency: 1 });
    bench.provider.answer = () => new Promise(() => undefined);
    for (const card of ['a', 'b']) await bench.abandon(card);
    await remind(bench, { boundary: 'main/counters:a', dueAt: '2026-11-22T10:00:05.000Z' });
    bench.clock.pass(10_000);
    void bench.lane.sweep();
    await sweep([{ name: service, deadlines: [meetReminder], effects: [bench.effect] }], bench.runtime);
    expect(await bench.container.read('main/counters:a', 'reminder:r')).toHaveProperty('metAt');
  });
});

describe('a store in trouble', () => {
  it('an effect is performed and settled once although the answers to its commits are lost', async () => {
    const bench = await postcardBench();
    await bench.abandon('a');
    // The claim, and then the commit that settles.
    const lost = { kind: 'apply-then-drop' } as const;
    bench.faults.next('Batch', lost, lost);
    await bench.sweep(10_000);
    expect(bench.attempts).toHaveLength(1);
    expect(await bench.told('a')).toEqual(['done']);
  });

  it('an effect that was performed is settled once the store is back, and not performed again', async () => {
    const bench = await postcardBench();
    const back: { last?: () => void } = {};
    bench.provider.answer = async () => {
      back.last = bench.faults.always('Batch', refuse(503));
      bench.clock.duringNextWait(async () => undefined);
      return { kind: 'done' };
    };
    await bench.abandon('a');
    bench.clock.pass(10_000);
    await bench.lane.sweep();
    const since = bench.clock.now().getTime();
    while (bench.clock.now().getTime() - since < 5 * minute) await bench.clock.wait(0);
    back.last?.();
    await bench.lane.idle();
    expect(bench.attempts).toHaveLength(1);
    expect(await bench.told('a')).toEqual(['done']);
  });
});

describe('an effect that cannot be settled', () => {
  it('an effect whose settling fails is not performed again, and is parked in the end; a replay settles it', async () => {
    let isBroken = true;
    const bench = await postcardBench({
      settle({ postcard }, { kind }) {
        if (isBroken) throw new TypeError('undefined is no function');
        return PostcardEnded({ postcard, how: kind });
      },
    });
    await bench.write('a');
    await bench.lane.idle();
    for (let sweeps = 0; sweeps < 10; sweeps += 1) await bench.sweep(hour);
    expect(bench.attempts).toHaveLength(1);
    const parked = await bench.stored('a');
    expect(parked).not.toHaveProperty('dueAt');
    expect(await bench.deadLetters()).toMatchObject([
      {
        subscriber: `${service}-sweep`,
        error: { name: 'TypeError' },
        source: { of: 'deadline', document: 'postcard:a', dueAt: '2026-11-22T10:00:10.000Z' },
      },
    ]);
    isBroken = false;
    if (parked !== undefined) await bench.container.replaceIfUnchanged(withDeadline(parked));
    await bench.sweep();
    expect(bench.attempts).toHaveLength(1);
    expect(await bench.told('a')).toEqual(['done']);
  });
});
