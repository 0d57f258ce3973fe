import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../shared/events/cause.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { Counted, QuickCounter } from '../../rigs/kernel/counter.ts';
import { aCause, service } from '../../rigs/kernel/kernel-bench.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const boundary = 'main/counters:a';
const id = 'quick-counter:a';

/** Counts in a process that sends what it owes. */
async function count({ runtime }: RuntimeBench, by: number, cause: Cause = aCause): Promise<void> {
  const work = runtime.openUnitOfWork({ service, boundary, cause });
  (await work.load(QuickCounter, 'a')).record(Counted({ counter: 'a', by }));
  await work.commit();
}

/** Counts in a process that dies before it sends. */
async function countElsewhere({ openElsewhere }: RuntimeBench, by: number): Promise<void> {
  const work = openElsewhere(boundary);
  (await work.load(QuickCounter, 'a')).record(Counted({ counter: 'a', by }));
  await work.commit();
}

const stored = ({ container }: RuntimeBench) => container.read(boundary, id);
const sent = ({ transport }: RuntimeBench) => transport.sent.map(({ sequence }) => sequence);
const sweepOf = ({ runtime }: RuntimeBench) => sweep([{ name: service, deadlines: [] }], runtime);

/** Waits until the bus has acknowledged so many events. */
async function untilSent(bench: RuntimeBench, messages: number): Promise<void> {
  await expect.poll(() => sent(bench).length).toBe(messages);
}

describe('a new document that changes soon', () => {
  it('a new document that changes soon carries what its creation owes, and nothing is written beside it', async () => {
    const bench = await runtimeBench();
    await countElsewhere(bench, 1);
    const [only, ...others] = await bench.documents(boundary);
    expect(only).toMatchObject({
      id,
      count: 1,
      owes: { dueAt: '2026-11-22T10:00:10.000Z', messages: [{ envelope: { type: 'test.counted', sequence: 1 } }] },
    });
    expect(others).toEqual([]);
  });

  it('it carries nothing where older code runs beside, which would drop it', async () => {
    const bench = await runtimeBench();
    const work = bench.open(boundary, { carries: false });
    (await work.load(QuickCounter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    await work.commit();
    expect(await bench.documents(boundary)).toMatchObject([{ kind: 'outbox' }, { id }]);
    expect(await stored(bench)).not.toHaveProperty('owes');
  });

  it('its next commit leaves out what was sent, at the cost of no other request', async () => {
    const bench = await runtimeBench();
    await count(bench, 1);
    await untilSent(bench, 1);
    bench.faults.recount();
    await count(bench, 2);
    expect(await stored(bench)).not.toHaveProperty('owes');
    await bench.runtime.dispatcher.drain();
    // Read, written, and what the second commit owed removed; then read by the test.
    expect([bench.faults.count('Batch'), bench.faults.count('Bulk')]).toEqual([1, 1]);
    expect(sent(bench)).toEqual([1, 2]);
    expect(await bench.documents(boundary)).toHaveLength(1);
  });

  it('where it is not changed soon after all, what was sent is taken out of it', async () => {
    const bench = await runtimeBench();
    await count(bench, 1);
    await bench.runtime.dispatcher.drain();
    expect(await bench.documents(boundary)).toMatchObject([{ id, count: 1, version: 1 }]);
    expect(await stored(bench)).not.toHaveProperty('owes');
    await count(bench, 2);
    expect(await stored(bench)).toMatchObject({ count: 3, version: 2 });
  });

  it('a commit whose answer was lost is done once, also where somebody was quick to change what it created', async () => {
    const bench = await runtimeBench();
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    bench.clock.duringNextWait(() => countElsewhere(bench, 2));
    await count(bench, 1);
    await bench.runtime.dispatcher.drain();
    expect(await stored(bench)).toMatchObject({ count: 3 });
  });

  it('of two processes that create it at once, one is told that the other was first', async () => {
    const bench = await runtimeBench();
    await countElsewhere(bench, 1);
    const work = bench.open(boundary);
    (await work.expectNew(QuickCounter, 'a')).record(Counted({ counter: 'a', by: 2 }));
    await expect(work.commit()).rejects.toMatchObject({ name: 'StaleStateError' });
  });
});

describe('what a document carries for a process that died', () => {
  it('what a document carries for a process that died is sent by the sweep, once, after a grace period', async () => {
    const bench = await runtimeBench();
    await countElsewhere(bench, 1);
    await sweepOf(bench);
    expect(sent(bench)).toEqual([]);
    bench.clock.pass(10_000);
    await sweepOf(bench);
    await sweepOf(bench);
    expect(sent(bench)).toEqual([1]);
    expect(await stored(bench)).not.toHaveProperty('owes');
    expect(await bench.owed(boundary)).toEqual([]);
  });

  it('whoever changes the document before the sweep sends it before what is new', async () => {
    const bench = await runtimeBench();
    await countElsewhere(bench, 1);
    await count(bench, 2);
    await bench.runtime.dispatcher.drain();
    expect(sent(bench)).toEqual([1, 2]);
    expect(await stored(bench)).not.toHaveProperty('owes');
    expect(await bench.owed(boundary)).toEqual([]);
  });

  it('it is owed still where the process that changed the document died as well', async () => {
    const bench = await runtimeBench();
    await countElsewhere(bench, 1);
    await countElsewhere(bench, 2);
    bench.clock.pass(10_000);
    await sweepOf(bench);
    expect(sent(bench)).toEqual([1, 2]);
  });

  it('it is not sent again by whoever reacts to what followed from it', async () => {
    const bench = await runtimeBench();
    await countElsewhere(bench, 1);
    const [message] = await bench.owed(boundary);
    await count(bench, 2, { ...aCause, causationId: 'event-2', precedingId: message?.envelope.id });
    await bench.runtime.dispatcher.drain();
    expect(sent(bench)).toEqual([2]);
    expect(await stored(bench)).not.toHaveProperty('owes');
  });

  it('it stays owed when its boundary is erased', async () => {
    const bench = await runtimeBench();
    await countElsewhere(bench, 1);
    await bench.open(boundary).erase({ except: [] });
    expect(await stored(bench)).toBeUndefined();
    bench.clock.pass(10_000);
    await sweepOf(bench);
    expect(sent(bench)).toEqual([1]);
  });

  it('what a document carries that began anew in an erased boundary stays owed where only what was erased is sent', async () => {
    const bench = await runtimeBench();
    await count(bench, 1);
    await untilSent(bench, 1);
    await bench.open(boundary).erase({ except: [] });
    await countElsewhere(bench, 2);
    await bench.runtime.dispatcher.drain();
    expect(await bench.owed(boundary)).toMatchObject([{ envelope: { data: { by: 2 } } }]);
  });
});

describe('a bus that is away', () => {
  it('what a document carries is like whatever else is owed after ten seconds, and is sent once by whoever committed it', async () => {
    const bench = await runtimeBench();
    const back = Promise.withResolvers<void>();
    bench.transport.beforeAcknowledging = () => back.promise;
    await count(bench, 1);
    bench.clock.pass(10_000);
    await sweepOf(bench);
    expect(await bench.container.backlog()).toMatchObject({ depth: 1 });
    back.resolve();
    await bench.runtime.dispatcher.drain();
    expect(await bench.container.backlog()).toMatchObject({ depth: 0 });
    await sweepOf(bench);
    expect(sent(bench)).toEqual([1]);
  });
});
