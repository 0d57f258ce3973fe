import { describe, expect, it, vi } from 'vitest';
import type { ProviderAnswer } from '../../../shared/capabilities/effect.ts';
import { PostcardStamped, postcardBench, postcardBoundary } from '../../rigs/effects/postcards.ts';

const minute = 60_000;
const done = { kind: 'done' } as const;

/** A provider that answers when the test lets it. */
function heldProvider(bench: Awaited<ReturnType<typeof postcardBench>>) {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<ProviderAnswer>();
  bench.provider.answer = () => {
    asked.resolve();
    return answer.promise;
  };
  return { asked: asked.promise, answer: () => answer.resolve(done) };
}

describe('an effect', () => {
  it('an effect is performed right after the commit that asks for it, settled once, and not due any more', async () => {
    const bench = await postcardBench();
    await bench.write('a');
    await bench.lane.idle();
    expect(bench.attempts).toMatchObject([{ card: 'a', attempt: 1 }]);
    const stored = await bench.stored('a');
    expect(stored).toMatchObject({ how: 'done' });
    for (const field of ['dueAt', 'attempt', 'dueSince']) expect(stored).not.toHaveProperty(field);
    await bench.sweep(60 * minute);
    expect(bench.attempts).toHaveLength(1);
    expect(await bench.told('a')).toEqual(['done']);
  });

  it('an effect that a killed process left is performed by the sweep of any process, after ten seconds', async () => {
    const bench = await postcardBench();
    await bench.abandon('a');
    await bench.sweep(9_999);
    expect(bench.attempts).toEqual([]);
    await bench.sweep(1, bench.openLane());
    expect(await bench.told('a')).toEqual(['done']);
  });

  it('an effect that several processes find at the same time is performed and settled once', async () => {
    const bench = await postcardBench();
    const cards = ['a', 'b', 'c', 'd', 'e'];
    for (const card of cards) await bench.abandon(card);
    bench.clock.pass(10_000);
    await Promise.all([bench.lane, bench.openLane(), bench.openLane()].map((lane) => bench.sweep(0, lane)));
    expect(bench.attempts.map(({ card }) => card).toSorted()).toEqual(cards);
    for (const card of cards) expect(await bench.told(card)).toEqual(['done']);
  });

  it('an effect whose process is killed while it is performed is performed again under the same key, once its lease is over', async () => {
    const bench = await postcardBench();
    const provider = heldProvider(bench);
    await bench.write('a');
    await provider.asked;
    bench.provider.answer = async () => done;
    await bench.sweep(59_999, bench.openLane());
    expect(bench.attempts).toHaveLength(1);
    await bench.sweep(1, bench.openLane());
    expect(bench.attempts).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
    expect(bench.attempts[1]?.key).toBe(bench.attempts[0]?.key);
    // The first was not dead after all.
    provider.answer();
    await bench.lane.idle();
    expect(await bench.told('a')).toEqual(['done']);
  });

  it('an effect is not performed again where the provider knows that it has done it', async () => {
    const bench = await postcardBench({ ask: async () => ({ kind: 'done', reference: 'p-1' }) });
    const provider = heldProvider(bench);
    await bench.write('a');
    await provider.asked;
    await bench.sweep(minute, bench.openLane());
    expect(bench.attempts).toHaveLength(1);
    expect(await bench.told('a')).toEqual(['done']);
    provider.answer();
    await bench.lane.idle();
  });

  it('an effect that the provider is still at is asked for again when the provider says, and performed where it knows of none', async () => {
    const known: ({ readonly kind: 'under-way'; readonly retryAfterMs: number } | undefined)[] = [
      { kind: 'under-way', retryAfterMs: 5_000 },
      undefined,
    ];
    const bench = await postcardBench({ ask: async () => known.shift() });
    const provider = heldProvider(bench);
    await bench.write('a');
    await provider.asked;
    bench.provider.answer = async () => done;
    const other = bench.openLane();
    await bench.sweep(minute, other);
    expect(bench.attempts).toHaveLength(1);
    await bench.sweep(5_000, other);
    expect(bench.attempts).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
    provider.answer();
    await bench.lane.idle();
    expect(await bench.told('a')).toEqual(['done']);
  });

  it('an effect that the provider has taken without having done it is asked for, and not performed again', async () => {
    const known: ProviderAnswer[] = [{ kind: 'under-way', retryAfterMs: 5_000 }, done];
    const bench = await postcardBench({ ask: async () => known.shift() });
    bench.provider.answer = async () => ({ kind: 'under-way', retryAfterMs: 5_000 });
    await bench.write('a');
    await bench.lane.idle();
    expect(await bench.told('a')).toEqual([]);
    for (const _ of known.slice()) await bench.sweep(5_000);
    expect(bench.attempts).toHaveLength(1);
    expect(await bench.told('a')).toEqual(['done']);
  });

  it('an effect has a key of its own, which is the same whenever and wherever it is performed', async () => {
    const bench = await postcardBench();
    for (const card of ['a', 'b']) await bench.write(card);
    await bench.lane.idle();
    const keys = bench.attempts.map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toBe(bench.effect.keyOf('counters', { boundary: postcardBoundary('a'), id: 'postcard:a' }));
  });
});

describe('a document that changes while its effect is performed', () => {
  it('an effect is settled on the document as it has become meanwhile', async () => {
    const bench = await postcardBench();
    const provider = heldProvider(bench);
    await bench.write('a');
    await provider.asked;
    await bench.change('a', PostcardStamped({ postcard: 'a' }));
    provider.answer();
    await bench.lane.idle();
    expect(await bench.stored('a')).toMatchObject({ how: 'done', stamps: 1 });
    expect(bench.attempts).toHaveLength(1);
  });

  it('an effect that is made due earlier while it is performed is not performed by anybody else', async () => {
    const bench = await postcardBench();
    const provider = heldProvider(bench);
    await bench.write('a');
    await provider.asked;
    await bench.change('a', PostcardStamped({ postcard: 'a', dueAt: bench.clock.now().toISOString() }));
    await bench.sweep(1_000, bench.openLane());
    expect(bench.attempts).toHaveLength(1);
    provider.answer();
    await bench.lane.idle();
    expect(await bench.told('a')).toEqual(['done']);
  });

  it('an effect of somebody who is erased before it is performed is not performed', async () => {
    const bench = await postcardBench();
    await bench.abandon('a');
    await bench.open(postcardBoundary('a')).erase({ except: [] });
    await bench.sweep(minute);
    expect(bench.attempts).toEqual([]);
  });

  it('an effect of somebody who is erased while it is performed leaves nothing of them', async () => {
    const bench = await postcardBench();
    const provider = heldProvider(bench);
    await bench.write('a');
    await provider.asked;
    await bench.open(postcardBoundary('a')).erase({ except: [] });
    provider.answer();
    await bench.lane.idle();
    expect(await bench.stored('a')).toBeUndefined();
    expect(await bench.told('a')).toEqual([]);
  });
});

describe('a process that stops', () => {
  it('a process that stops ends the effects that it has begun, and leaves the others to the sweep', async () => {
    const bench = await postcardBench({ concurrency: 1 });
    const provider = heldProvider(bench);
    for (const card of ['a', 'b']) await bench.write(card);
    await provider.asked;
    const stopped = bench.lane.stop();
    provider.answer();
    await stopped;
    await bench.write('c');
    expect(bench.attempts).toMatchObject([{ card: 'a' }]);
    expect(await bench.told('a')).toEqual(['done']);
    await bench.sweep(10_000, bench.openLane());
    expect(bench.attempts.map(({ card }) => card)).toEqual(['a', 'b', 'c']);
  });
});

describe('a slow provider', () => {
  it('an attempt is aborted at half the lease, and counts as one that failed', async () => {
    const bench = await postcardBench({ lease: 'PT0.2S' });
    const aborted = Promise.withResolvers<void>();
    bench.provider.answer = ({ signal }) => {
      signal.addEventListener('abort', () => aborted.resolve());
      return new Promise(() => undefined);
    };
    await bench.write('a');
    await aborted.promise;
    await bench.lane.idle();
    expect(await bench.stored('a')).toMatchObject({ attempt: { number: 1 }, dueAt: '2026-11-22T10:01:00.000Z' });
  });

  it('a provider that never answers holds up no other effect', async () => {
    const stuck = await postcardBench({ name: 'post-slowly', concurrency: 1 });
    stuck.provider.answer = () => new Promise(() => undefined);
    for (const card of ['a', 'b', 'c']) await stuck.abandon(card);
    stuck.clock.pass(10_000);
    void stuck.lane.sweep();
    const bench = await postcardBench({}, stuck);
    await bench.write('d');
    await vi.waitFor(async () => expect(await bench.told('d')).toEqual(['done']));
  });
});
