import { describe, expect, it } from 'vitest';
import { rememberedSeconds } from '../../../../shared/settings/retention.ts';
import { Counted, Counter, Note } from '../../../rigs/kernel/counter.ts';
import { refuse } from '../../../rigs/kernel/fault-script.ts';
import { type KernelBench, kernelBench } from '../../../rigs/kernel/kernel-bench.ts';

const boundary = 'main/counters:a';
const up = (by = 1) => Counted({ counter: 'a', by });

/** Counts once, in a unit of work of its own. */
async function count({ open }: KernelBench, by = 1): Promise<void> {
  const work = open(boundary);
  (await work.load(Counter, 'a')).record(up(by));
  await work.commit();
}

async function countIn(bench: KernelBench): Promise<unknown> {
  return (await bench.container.read(boundary, 'counter:a'))?.count;
}

describe('a commit', () => {
  it('a commit writes state, events, inbox markers and the idempotent answer atomically', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    (await work.load(Counter, 'a')).record([up(), up(2)]);
    (await work.load(Note, 'n')).put({ text: 'counted' });
    work.mark('inbox:count-up:event-1');
    work.answerWith((at) => ({ id: 'answer:1', boundary: at, kind: 'answer', version: 1, ttl: 60 }));
    await work.commit();

    const stored = new Map((await bench.documents(boundary)).map((document) => [document.kind, document]));
    expect(stored.get('counter')).toMatchObject({ id: 'counter:a', boundary, count: 3, version: 2 });
    expect(stored.get('note')).toMatchObject({ id: 'note:n', text: 'counted', version: 1 });
    expect(stored.get('inbox')).toMatchObject({ id: 'inbox:count-up:event-1', ttl: rememberedSeconds });
    expect(stored.get('answer')).toMatchObject({ id: 'answer:1' });
    expect(stored.get('outbox')).toMatchObject({ dueAt: '2026-11-22T10:00:10.000Z' });
    expect(stored.size).toBe(5);
  });

  it('a commit writes nothing if one of its operations fails', async () => {
    const bench = await kernelBench();
    await count(bench);
    const [before, work] = [await bench.documents(boundary), bench.open(boundary)];
    (await work.load(Counter, 'a')).record(up());
    (await work.load(Note, 'n')).put({ text: 'counted' });
    await bench.container.execute(boundary, [
      { kind: 'create', document: { id: 'inbox:m', boundary, kind: 'inbox', version: 1 } },
    ]);
    work.mark('inbox:m');
    await expect(work.commit()).rejects.toMatchObject({ name: 'AlreadyDoneError' });
    expect((await bench.documents(boundary)).filter(({ kind }) => kind !== 'inbox')).toEqual(before);
  });

  it('a commit that only tells an event writes nothing but what it owes', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    const before = work.savepoint();
    work.tell(up(7));
    work.rollBack(before);
    expect(work.hasChanges).toBe(false);
    work.tell(up(7));
    await work.commit();
    expect(await bench.documents(boundary)).toMatchObject([
      { kind: 'outbox', messages: [{ envelope: { type: 'test.counted', sequence: 1, data: { by: 7 } } }] },
    ]);
  });

  it('an event that is told is owed once when the answer of the store is lost', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    work.tell(up(7));
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    await work.commit();
    expect(await bench.documents(boundary)).toHaveLength(1);
  });

  it('a commit without changes writes nothing, not even an inbox marker', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    await work.load(Counter, 'a');
    work.mark('inbox:m');
    await work.commit();
    expect(bench.faults.count('Batch')).toBe(0);
  });

  it('a commit hands its outbox document to the dispatcher only after it is stored', async () => {
    const bench = await kernelBench();
    const told: string[] = [];
    const work = bench.open(boundary, { onCommitted: ({ id }) => told.push(id) });
    (await work.load(Counter, 'a')).record(up());
    const hold = bench.faults.hold('Batch');
    const commit = work.commit();
    await hold.arrived(1);
    expect(told).toEqual([]);
    hold.release();
    await commit;
    expect(told).toEqual((await bench.documents(boundary)).filter(({ kind }) => kind === 'outbox').map(({ id }) => id));
  });

  it('committed events carry source, causation, correlation and their aggregate’s sequence', async () => {
    const bench = await kernelBench();
    await count(bench);
    const work = bench.open(boundary, { cause: { tenant: 'main', correlationId: 'c', causationId: 'e' } });
    (await work.load(Counter, 'a')).record([up(), up()]);
    await work.commit();
    expect((await bench.owed(boundary)).map(({ envelope }) => envelope.sequence)).toEqual([1, 2, 3]);
    expect((await bench.owed(boundary)).at(-1)).toMatchObject({
      topic: 'platform-events',
      envelope: {
        source: '/services/counters',
        correlationid: 'c',
        causationid: 'e',
        time: '2026-11-22T10:00:00.000Z',
      },
    });
  });
});

describe('loading', () => {
  it('loading a document again returns the same instance without another read', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    const [first, second] = await Promise.all([work.load(Counter, 'a'), work.load(Counter, 'a')]);
    const third = await work.load(Counter, 'a');
    first.record(up());
    expect([second.state.count, third.state.count]).toEqual([1, 1]);
    await work.load(Counter, 'a');
    expect(bench.faults.count('Read')).toBeLessThanOrEqual(2);
  });

  it('loadAll reads many documents in one request and returns them in the requested order', async () => {
    const bench = await kernelBench();
    const before = bench.open(boundary);
    for (const id of ['a', 'b', 'c']) (await before.load(Counter, id)).record(Counted({ counter: id, by: 1 }));
    await before.commit();
    bench.faults.recount();

    const all = await bench.open(boundary).loadAll(Counter, ['c', 'missing', 'a', 'b', 'a']);
    expect(all.map(({ id, exists }) => [id, exists])).toEqual([
      ['c', true],
      ['missing', false],
      ['a', true],
      ['b', true],
      ['a', true],
    ]);
    expect(all[2]).toBe(all[4]);
    expect([bench.faults.count('Bulk'), bench.faults.count('Read')]).toEqual([1, 0]);
  });

  it('expectNew does not read the document, and the commit is stale if the document exists', async () => {
    const bench = await kernelBench();
    const begun = async () => {
      const work = bench.open(boundary);
      (await work.expectNew(Counter, 'a')).record(up());
      await work.commit();
    };
    await begun();
    expect(bench.faults.count('Read')).toBe(0);
    await expect(begun()).rejects.toMatchObject({ name: 'StaleStateError' });
    expect(await countIn(bench)).toBe(1);
  });
});

describe('concurrent writers', () => {
  it('of two concurrent updates of a document, one is stored and the other fails as stale', async () => {
    const bench = await kernelBench();
    await count(bench);
    const works = [bench.open(boundary), bench.open(boundary)];
    for (const work of works) (await work.load(Counter, 'a')).record(up());
    const outcomes = await Promise.allSettled(works.map((work) => work.commit()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'StaleStateError' } });
    expect(await countIn(bench)).toBe(2);
    expect(await bench.owed(boundary)).toHaveLength(2);
  });

  it('of concurrent creations of a document, one is stored and the others fail as stale', async () => {
    const bench = await kernelBench();
    const outcomes = await Promise.allSettled([count(bench), count(bench), count(bench)]);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    for (const refusal of refused) expect(refusal).toMatchObject({ reason: { name: 'StaleStateError' } });
    expect(await countIn(bench)).toBe(3 - refused.length);
    expect(await bench.owed(boundary)).toHaveLength(3 - refused.length);
  });
});

describe('rollback to a savepoint', () => {
  it('a rollback discards state, events and markers after the savepoint and keeps those before', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    const counter = await work.load(Counter, 'a');
    counter.record(up());
    work.mark('inbox:kept');
    const savepoint = work.savepoint();
    const sizeBefore = work.size;
    counter.record([up(10), up(100)]);
    (await work.load(Note, 'n')).put({ text: 'forgotten' });
    work.mark('inbox:forgotten');
    work.rollBack(savepoint);
    expect(work.size).toEqual(sizeBefore);
    await work.commit();

    expect((await bench.documents(boundary)).map(({ kind }) => kind).sort()).toEqual(['counter', 'inbox', 'outbox']);
    expect(await bench.container.read(boundary, 'inbox:kept')).toBeDefined();
    expect(await bench.container.read(boundary, 'counter:a')).toMatchObject({ count: 1, version: 1 });
    expect((await bench.owed(boundary)).map(({ envelope }) => envelope.data)).toEqual([{ counter: 'a', by: 1 }]);
  });

  it('a rollback to the beginning leaves nothing to commit', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    (await work.load(Counter, 'a')).record(up());
    work.rollBack(0);
    expect(work.hasChanges).toBe(false);
    expect((await work.load(Counter, 'a')).exists).toBe(false);
  });
});

describe('an unavailable store', () => {
  it.each([
    ['created', 0],
    ['updated', 1],
  ])('a commit whose response is lost after the write is applied once to a document that is %s', async (_, before) => {
    const bench = await kernelBench();
    for (let i = 0; i < before; i += 1) await count(bench);
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    await count(bench);
    expect(await countIn(bench)).toBe(before + 1);
    expect(await bench.owed(boundary)).toHaveLength(before + 1);
  });

  it.each([408, 429, 449, 503])('a commit that the store answers with %i is retried until stored', async (status) => {
    const bench = await kernelBench();
    bench.faults.next('Batch', ...Array.from({ length: 5 }, () => refuse(status, 1)));
    await count(bench);
    expect(await countIn(bench)).toBe(1);
    expect(await bench.owed(boundary)).toHaveLength(1);
  });

  it('a commit whose connection drops before the write is retried until it is written', async () => {
    const bench = await kernelBench();
    bench.faults.next('Batch', { kind: 'drop' }, { kind: 'drop' });
    await count(bench);
    expect(await countIn(bench)).toBe(1);
  });

  it('a commit to a store that stays away fails with StoreUnavailableError and writes nothing', async () => {
    const bench = await kernelBench();
    const back = bench.faults.always('Batch', refuse(503));
    await expect(count(bench)).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    back();
    expect(await bench.documents(boundary)).toEqual([]);
  });

  it('a retried commit waits at least as long as the store asks in its retry-after', async () => {
    const bench = await kernelBench();
    const began = bench.clock.now().getTime();
    bench.faults.next('Batch', ...Array.from({ length: 3 }, () => refuse(449, 7_000)));
    await count(bench);
    expect(bench.clock.now().getTime() - began).toBeGreaterThanOrEqual(7_000);
  });
});

describe('the size limit of a commit', () => {
  it('a commit of more than 100 operations is refused before anything is sent', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    const notes = await Promise.all(Array.from({ length: 100 }, (_, number) => work.load(Note, `${number}`)));
    for (const note of notes) note.put({ text: 'x' });
    (await work.load(Counter, 'a')).record(up());
    await expect(work.commit()).rejects.toMatchObject({
      name: 'TooLargeError',
      message: expect.stringContaining('102'),
    });
    expect(bench.faults.count('Batch')).toBe(0);
  });

  it('a commit of more than 2 MB is refused before anything is sent', async () => {
    const bench = await kernelBench();
    const work = bench.open(boundary);
    for (const id of ['1', '2', '3']) (await work.load(Note, id)).put({ text: 'x'.repeat(800_000) });
    await expect(work.commit()).rejects.toMatchObject({ name: 'TooLargeError' });
    expect(bench.faults.count('Batch')).toBe(0);
  });
});
