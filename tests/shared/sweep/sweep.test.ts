import { describe, expect, it } from 'vitest';
import { MessageRefusedError } from '../../../shared/bus/transport.ts';
import { type Deadline, deadline } from '../../../shared/capabilities/deadline.ts';
import { later } from '../../../shared/clock.ts';
import { StoredDocument } from '../../../shared/persistence/documents/stored-document.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { Counted, Counter, Note } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { Reminder, remind } from '../../rigs/kernel/reminder.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const boundary = 'main/counters:a';
const dueAt = '2026-11-22T10:05:00.000Z';
const minute = 60_000;

/** Counts once more when it is due, and is not due again. */
const countOnce = deadline({
  name: 'count-once',
  on: Counter,
  async handle(counter) {
    counter.record(Counted({ counter: counter.id, by: 1, dueAt: '2026-11-30T00:00:00.000Z' }));
  },
});

const sweepOf = ({ runtime }: RuntimeBench, ...deadlines: readonly Deadline[]) =>
  sweep([{ name: service, deadlines }], runtime);

/** Begins a counter as a process that dies before it sends. */
async function begin({ open }: RuntimeBench, id: string, by: number, due?: string): Promise<void> {
  const work = open(boundary);
  (await work.load(Counter, id)).record(Counted({ counter: id, by, dueAt: due }));
  await work.commit();
}

const stored = ({ container }: RuntimeBench, id: string) => container.read(boundary, `counter:${id}`);

describe('the outbox of a dead process', () => {
  it('the sweep sends the outbox of a dead process in order, once, after a grace period', async () => {
    const bench = await runtimeBench();
    for (const by of [1, 2, 3]) await begin(bench, 'a', by);
    await sweepOf(bench);
    expect(bench.transport.sent).toEqual([]);
    bench.clock.pass(10_000);
    await sweepOf(bench);
    expect(bench.transport.sent.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    await sweepOf(bench);
    expect(bench.transport.sent).toHaveLength(3);
    expect(await bench.owed(boundary)).toEqual([]);
  });

  it('the sweep skips outboxes while the bus is away and still meets deadlines', async () => {
    const bench = await runtimeBench();
    await begin(bench, 'a', 1, dueAt);
    bench.clock.pass(10 * minute);
    bench.transport.beforeAcknowledging = () => Promise.reject(new Error('connection refused'));
    const opened = Promise.withResolvers<void>();
    const mayReturn = Promise.withResolvers<void>();
    bench.clock.wait = async () => {
      if (bench.runtime.dispatcher.unwritable.length === 0) return;
      opened.resolve();
      await mayReturn.promise;
    };
    const work = bench.runtime.openUnitOfWork({ service, boundary, cause: { tenant: 'main', correlationId: 'c' } });
    (await work.load(Counter, 'b')).record(Counted({ counter: 'b', by: 1 }));
    await work.commit();
    await opened.promise;

    await sweepOf(bench, countOnce);
    expect(await stored(bench, 'a')).toMatchObject({ count: 2 });
    expect(bench.transport.sent).toEqual([]);
    const left = bench.runtime.dispatcher.drain();
    mayReturn.resolve();
    await left;
  });

  it('an outbox document that the bus refuses is retried with backoff, blocks no other, and is parked', async () => {
    const bench = await runtimeBench();
    await begin(bench, 'a', 666);
    await begin(bench, 'b', 1);
    bench.transport.beforeAcknowledging = async (messages) => {
      if (messages.some(({ value }) => value.includes('666'))) throw new MessageRefusedError('too large');
    };
    bench.clock.pass(10_000);
    await await sweepOf(bench);
    expect(bench.transport.sent.map(({ data }) => data.by)).toEqual([1]);
    const [refused] = (await bench.documents(boundary)).filter(({ kind }) => kind === 'outbox');
    expect(refused).toMatchObject({ dueAttempts: 1, dueAt: '2026-11-22T10:00:15.000Z' });

    for (let sweeps = 0; sweeps < 10; sweeps += 1) {
      bench.clock.pass(30 * minute);
      await sweepOf(bench);
    }
    expect(await bench.deadLetters()).toMatchObject([
      { attempts: 8, error: { name: 'MessageRefusedError' }, source: { of: 'deadline', document: refused?.id } },
    ]);
    expect(await bench.owed(boundary)).toHaveLength(1);
  });

  it('outbox documents that cannot be removed are not sent twice in one sweep', async () => {
    const bench = await runtimeBench();
    for (let index = 0; index < 100; index += 1) await begin(bench, `${index}`, 1);
    bench.clock.pass(10_000);
    const back = bench.faults.always('Bulk', refuse(503));
    await sweepOf(bench);
    back();
    expect(bench.transport.sent).toHaveLength(100);
  });

  it('an unreadable outbox document does not keep the sweep from other documents', async () => {
    const bench = await runtimeBench();
    const unreadable = {
      id: 'outbox:x',
      boundary,
      kind: 'outbox',
      version: 1,
      dueAt,
      messages: [{ topic: 'unknown' }],
    };
    await bench.container.execute(boundary, [{ kind: 'create', document: unreadable }]);
    await begin(bench, 'a', 1, dueAt);
    bench.clock.pass(10 * minute);
    await sweepOf(bench, countOnce);
    expect(bench.transport.sent.length).toBeGreaterThan(0);
    expect(await stored(bench, 'a')).toMatchObject({ count: 2 });
  });
});

describe('a deadline', () => {
  it('a deadline is met once it is due, and only once', async () => {
    const bench = await runtimeBench();
    await begin(bench, 'a', 1, dueAt);
    await sweepOf(bench, countOnce);
    expect(await stored(bench, 'a')).toMatchObject({ count: 1, dueAt });
    bench.clock.pass(5 * minute);
    await sweepOf(bench, countOnce);
    await sweepOf(bench, countOnce);
    expect(await stored(bench, 'a')).toMatchObject({ count: 2, dueAt: '2026-11-30T00:00:00.000Z' });
  });

  it('a deadline that several processes find at the same time is met once', async () => {
    const bench = await runtimeBench();
    await begin(bench, 'a', 1, dueAt);
    bench.clock.pass(5 * minute);
    await Promise.all([1, 2, 3].map(() => sweepOf(bench, countOnce)));
    expect(await stored(bench, 'a')).toMatchObject({ count: 2 });
  });

  it('a deadline that was moved after the sweep found it is left alone', async () => {
    const bench = await runtimeBench();
    await begin(bench, 'a', 1, dueAt);
    const found = await stored(bench, 'a');
    bench.clock.pass(5 * minute);
    const hold = bench.faults.hold('Read');
    const swept = sweepOf(bench, countOnce);
    await hold.arrived(1);
    const moved = StoredDocument.parse({ ...found, dueAt: '2026-11-23T00:00:00.000Z' });
    expect(await bench.container.replaceIfUnchanged(moved)).toBe(true);
    hold.release();
    await swept;
    expect(await stored(bench, 'a')).toMatchObject({ count: 1, dueAt: '2026-11-23T00:00:00.000Z' });
    expect(await stored(bench, 'a')).not.toHaveProperty('dueAttempts');
  });

  it('a deadline that fails is retried with backoff and parked after eight attempts, and others are met', async () => {
    const bench = await runtimeBench();
    for (const id of ['poison', 'a', 'b']) await begin(bench, id, 1, dueAt);
    bench.clock.pass(5 * minute);
    const poisoned = deadline({
      name: 'count-once',
      on: Counter,
      async handle(counter, work) {
        counter.record(Counted({ counter: counter.id, by: 1, dueAt: '2026-11-30T00:00:00.000Z' }));
        if (counter.id === 'poison') throw new TypeError(`undefined is no function ${work.size.operations}`);
      },
    });
    const visits: string[] = [];
    for (let sweeps = 0; sweeps < 20; sweeps += 1) {
      await sweepOf(bench, poisoned);
      const due = (await stored(bench, 'poison'))?.dueAt;
      if (due === undefined) break;
      visits.push(due);
      bench.clock.pass(Date.parse(due) - bench.clock.now().getTime());
    }
    const gaps = visits.map((due, index) => Date.parse(due) - Date.parse(visits[index - 1] ?? dueAt));
    expect(gaps).toHaveLength(7);
    expect(gaps.every((gap, index) => gap > (gaps[index - 1] ?? 0))).toBe(true);
    expect(await stored(bench, 'poison')).toMatchObject({ count: 1, version: 1 });
    expect(await stored(bench, 'poison')).not.toHaveProperty('dueAttempts');
    for (const id of ['a', 'b']) expect(await stored(bench, id)).toMatchObject({ count: 2 });
    expect(await bench.deadLetters()).toMatchObject([
      {
        subscriber: 'counters-sweep',
        status: 'parked',
        attempts: 8,
        error: { name: 'TypeError' },
        source: { of: 'deadline', container: service, boundary, document: 'counter:poison' },
      },
    ]);
  });

  it('a deadline whose handler leaves its document due counts as failed and is postponed', async () => {
    const bench = await runtimeBench();
    await begin(bench, 'a', 1, dueAt);
    bench.clock.pass(5 * minute);
    await sweepOf(bench, deadline({ name: 'forgetful', on: Counter, handle: async () => undefined }));
    expect(await stored(bench, 'a')).toMatchObject({ dueAttempts: 1, dueAt: '2026-11-22T10:05:05.000Z' });
  });

  it('a due document without a deadline handler is parked in the end', async () => {
    const bench = await runtimeBench();
    await begin(bench, 'a', 1, dueAt);
    bench.clock.pass(8 * 24 * 60 * minute);
    await sweepOf(bench);
    expect(await bench.deadLetters()).toMatchObject([{ error: { message: expect.stringContaining('counter') } }]);
  });

  it('a deadline that fails because the store is unavailable is retried without counting an attempt', async () => {
    const bench = await runtimeBench();
    await begin(bench, 'a', 1, dueAt);
    bench.clock.pass(5 * minute);
    const back = bench.faults.always('Batch', refuse(503));
    await sweepOf(bench, countOnce);
    back();
    expect(await stored(bench, 'a')).toMatchObject({ count: 1, dueAt });
    expect(await stored(bench, 'a')).not.toHaveProperty('dueAttempts');
    await sweepOf(bench, countOnce);
    expect(await stored(bench, 'a')).toMatchObject({ count: 2 });
  });

  it('deadlines are all met in one sweep, even if they fill more than one page', async () => {
    const bench = await runtimeBench();
    const work = bench.open(boundary);
    for (let index = 0; index < 90; index += 1)
      (await work.expectNew(Counter, `x${index}`)).record(Counted({ counter: `x${index}`, by: 1, dueAt }));
    await work.commit();
    const more = bench.open(boundary);
    for (let index = 0; index < 30; index += 1)
      (await more.expectNew(Counter, `y${index}`)).record(Counted({ counter: `y${index}`, by: 1, dueAt }));
    await more.commit();
    bench.clock.pass(5 * minute);
    await sweepOf(bench, countOnce);
    const counters = (await bench.documents(boundary)).filter(({ kind }) => kind === 'counter');
    expect(counters.map(({ count }) => count)).toEqual(counters.map(() => 2));
  });
});

describe('a deadline that writes to other boundaries', () => {
  /** Notes down in other boundaries that it was met; a note is the same when it is made twice. */
  const tellOthers = deadline({
    name: 'tell-others',
    on: Reminder,
    async handle(reminder, _, { unitOfWork, now }) {
      for (const name of ['b', 'c']) {
        const note = await unitOfWork(`counters:${name}`).load(Note, 'told');
        note.put({ text: reminder.id });
      }
      reminder.put({ metAt: now.toISOString() });
    },
  });
  const texts = async ({ container }: RuntimeBench) =>
    (await Promise.all(['b', 'c'].map((name) => container.read(`main/counters:${name}`, 'note:told')))).map(
      (note) => note?.text,
    );

  it('a deadline that writes to other boundaries writes to each of them and is not due again', async () => {
    const bench = await runtimeBench();
    await remind(bench, { boundary, dueAt });
    bench.clock.pass(10 * minute);
    await sweepOf(bench, tellOthers);
    expect(await texts(bench)).toEqual(['r', 'r']);
    const met = await bench.container.read(boundary, 'reminder:r');
    expect([met?.dueAt, met?.metAt]).toEqual([undefined, bench.clock.now().toISOString()]);
  });

  it('a deadline that fails between two boundaries completes the rest in the next sweep', async () => {
    const bench = await runtimeBench();
    await remind(bench, { boundary, dueAt });
    bench.clock.pass(10 * minute);
    bench.faults.next('Batch', { kind: 'serve' }, ...Array.from({ length: 8 }, () => refuse(503)));
    await sweepOf(bench, tellOthers);
    expect(await texts(bench)).toEqual(['r', undefined]);
    bench.clock.pass(minute);
    await sweepOf(bench, tellOthers);
    expect(await texts(bench)).toEqual(['r', 'r']);
  });

  it('a deadline makes the same ids when it is visited again, and others for another document or time', async () => {
    const bench = await runtimeBench();
    const made: string[] = [];
    const namer = deadline({
      name: 'name-others',
      on: Reminder,
      async handle(reminder, _, { newId, settings, now }) {
        made.push(newId());
        if (made.length === 1) throw new Error(`the first visit fails in ${settings.KAFKA_BROKERS}`);
        reminder.put(made.length === 2 ? { dueAt: later(now, minute) } : { metAt: now.toISOString() });
      },
    });
    await remind(bench, { boundary, dueAt });
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      bench.clock.pass(10 * minute);
      await sweepOf(bench, namer);
    }
    await remind(bench, { boundary, dueAt }, ['other']);
    await sweepOf(bench, namer);
    const [first, again, moved, other] = made;
    expect(again).toBe(first);
    expect(new Set([first, moved, other]).size).toBe(3);
  });
});
