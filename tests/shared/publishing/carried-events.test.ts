import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../shared/events/cause.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { Counted, LoneCounter, Note, QuickCounter } from '../../rigs/kernel/counter.ts';
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

/** Counts for what is owed: so that is on the bus. */
async function countAfterwards(bench: RuntimeBench, by: number): Promise<void> {
  const [message] = await bench.owed(boundary);
  await count(bench, by, { ...aCause, causationId: message?.envelope.id ?? '' });
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

  it.each([
    ['somebody', countElsewhere],
    ['who reacts to it', countAfterwards],
  ])('a commit whose answer was lost is done once, also where %s was quick to change what it created', async (_, countToo) => {
    const bench = await runtimeBench();
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    bench.clock.duringNextWait(() => countToo(bench, 2));
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

describe('a document that changes alone', () => {
  const lone = 'lone-counter:a';
  const storedLone = ({ container }: RuntimeBench) => container.read(boundary, lone);

  /** A process that sends what it owes. */
  const here =
    ({ runtime }: RuntimeBench): RuntimeBench['open'] =>
    (place) =>
      runtime.openUnitOfWork({ service, boundary: place, cause: aCause });

  async function countAlone(open: RuntimeBench['open'], by: number, place = boundary): Promise<void> {
    const work = open(place);
    (await work.load(LoneCounter, 'a')).record(Counted({ counter: 'a', by }));
    await work.commit();
  }

  /** Counters that somebody has begun; what that owed is on the bus. */
  async function withCounters(...places: readonly string[]): Promise<RuntimeBench> {
    const bench = await runtimeBench();
    for (const place of places)
      await bench.putAsIs({ id: lone, boundary: place, kind: LoneCounter.kind, version: 1, count: 1 });
    return bench;
  }

  it('what its changes owe is in the documents, and those of several boundaries are one request', async () => {
    const places = [boundary, 'main/counters:b', 'main/counters:c'];
    const bench = await withCounters(...places);
    const works = places.map((place) => bench.open(place));
    for (const work of works) (await work.load(LoneCounter, 'a')).record(Counted({ counter: 'a', by: 2 }));
    bench.faults.recount();
    await Promise.all(works.map((work) => work.commit()));
    expect([bench.faults.count('Batch'), bench.faults.count('Bulk')]).toEqual([0, 1]);
    for (const place of places)
      expect(await bench.documents(place)).toMatchObject([
        { count: 3, owes: { messages: [{ envelope: { sequence: 2 } }] } },
      ]);
  });

  it('what was sent is taken out of it again, and whose change it was stays', async () => {
    const bench = await withCounters(boundary);
    await countAlone(here(bench), 2);
    await bench.runtime.dispatcher.drain();
    expect(sent(bench)).toEqual([2]);
    expect(await bench.documents(boundary)).toMatchObject([{ count: 3, version: 2, changedBy: [expect.anything()] }]);
    expect(await storedLone(bench)).not.toHaveProperty('owes');
  });

  it('what it owes is sent by the sweep where its process died', async () => {
    const bench = await withCounters(boundary);
    await countAlone(bench.open, 2);
    bench.clock.pass(10_000);
    await sweepOf(bench);
    await sweepOf(bench);
    expect(sent(bench)).toEqual([2]);
    expect(await bench.owed(boundary)).toEqual([]);
  });

  it.each([
    ['however often others change it meanwhile', (bench: RuntimeBench) => countTimes(bench, 3), 33, [2, 3, 4, 5]],
    ['though the sweep takes out meanwhile what it owes', sweptLate, 3, [2]],
  ])('a change whose answer was lost is done once, %s', async (_, meanwhile, count, sequences) => {
    const bench = await withCounters(boundary);
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    bench.clock.duringNextWait(() => meanwhile(bench));
    await countAlone(here(bench), 2);
    await bench.runtime.dispatcher.drain();
    expect(await storedLone(bench)).toMatchObject({ count });
    // Whoever found it has sent it, too, under the same id.
    expect([...new Set(sent(bench))].toSorted()).toEqual(sequences);
  });

  it('a change whose answer was lost is done, though what it changed is erased meanwhile', async () => {
    const bench = await withCounters(boundary);
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    bench.clock.duringNextWait(() => bench.open(boundary).erase({ except: [] }));
    await countAlone(here(bench), 2);
    await bench.runtime.dispatcher.drain();
    expect(sent(bench)).toEqual([2]);
    expect(await storedLone(bench)).toBeUndefined();
  });

  it('a change is stale where somebody was first, though the store lost its first sending', async () => {
    const bench = await withCounters(boundary);
    const work = here(bench)(boundary);
    (await work.load(LoneCounter, 'a')).record(Counted({ counter: 'a', by: 2 }));
    bench.faults.next('Batch', { kind: 'drop' });
    bench.clock.duringNextWait(() => countTimes(bench, 1));
    await expect(work.commit()).rejects.toMatchObject({ name: 'StaleStateError' });
    expect(await storedLone(bench)).toMatchObject({ count: 11 });
  });

  it('it tells of no more than eight changes of an hour: what the ninth owes is in the outbox', async () => {
    const bench = await withCounters(boundary);
    await countTimes(bench, 8);
    expect(await storedLone(bench)).toMatchObject({ changedBy: Array.from({ length: 8 }, () => expect.anything()) });
    await countAlone(bench.open, 10);
    expect(await storedLone(bench)).not.toHaveProperty('owes');
    expect(await bench.documents(boundary)).toMatchObject([{ kind: 'lone-counter' }, { kind: 'outbox' }]);
    bench.clock.pass(3_600_000);
    await countAlone(bench.open, 10);
    expect(await storedLone(bench)).toMatchObject({ owes: {}, changedBy: [expect.anything()] });
  });

  it('what a commit owes that writes more is in the outbox', async () => {
    const bench = await withCounters(boundary);
    const work = bench.open(boundary);
    (await work.load(LoneCounter, 'a')).record(Counted({ counter: 'a', by: 2 }));
    (await work.load(Note, 'n')).put({ text: 'counted' });
    await work.commit();
    expect(await storedLone(bench)).not.toHaveProperty('owes');
    expect(await bench.owed(boundary)).toHaveLength(1);
  });

  async function countTimes(bench: RuntimeBench, times: number): Promise<void> {
    for (let done = 0; done < times; done += 1) {
      await countAlone(here(bench), 10);
      await bench.runtime.dispatcher.drain();
    }
  }

  async function sweptLate(bench: RuntimeBench): Promise<void> {
    bench.clock.pass(10_000);
    await sweepOf(bench);
  }
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
