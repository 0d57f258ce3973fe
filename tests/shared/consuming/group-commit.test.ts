import { describe, expect, it } from 'vitest';
import { reject } from '../../../shared/model/rejection.ts';
import { StoreUnavailableError } from '../../../shared/persistence/documents/store-errors.ts';
import { consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting, Note } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { counted, recordOf } from '../../rigs/kernel/records.ts';

const boundary = 'main/counters:a';
const many = (count: number) => Array.from({ length: count }, (_, index) => counted(index + 1));
const sumTo = (count: number) => (count * (count + 1)) / 2;

describe('the group commit of one boundary', () => {
  it('events of one boundary are handled in one commit, and what they record keeps their order', async () => {
    const bench = await consumerBench();
    await bench.consume(many(20), counting());
    expect(await bench.count()).toBe(sumTo(20));
    expect(bench.faults.count('Batch')).toBe(1);
    const owed = (await bench.owed(boundary)).map(({ envelope }) => envelope);
    expect(owed.map(({ sequence, data }) => [sequence, data])).toEqual(
      many(20).map((_, index) => [index + 1, { counter: 'a', by: index + 1 }]),
    );
  });

  it('events recorded in a group commit keep the causation and correlation of their own cause', async () => {
    const bench = await consumerBench();
    const records = [counted(1, { correlationid: 'one' }), counted(2, { correlationid: 'two' })];
    await bench.consume(records, counting());
    const causes = records.map(({ value }) => JSON.parse(value).id);
    const owed = (await bench.owed(boundary)).map(({ envelope }) => envelope);
    expect(owed.map(({ causationid }) => causationid)).toEqual(causes);
    expect(owed.map(({ correlationid }) => correlationid)).toEqual(['one', 'two']);
  });

  it('a group that contains a duplicate is committed without the duplicate', async () => {
    const bench = await consumerBench();
    const records = many(10);
    await bench.consume(records.slice(4, 5), counting());
    bench.faults.recount();
    await bench.consume(records, counting());
    // Refused, asked which are done, written without them.
    expect([bench.faults.count('Batch'), bench.faults.count('Bulk')]).toEqual([2, 1]);
    expect(await bench.count()).toBe(sumTo(10));
    expect(await bench.owed(boundary)).toHaveLength(10);
    expect(await bench.parked()).toEqual([]);
  });

  it('a group that contains a duplicate is committed even if the look for duplicates fails at first', async () => {
    const bench = await consumerBench();
    const records = many(3);
    await bench.consume(records.slice(1, 2), counting());
    bench.faults.next('Bulk', ...Array.from({ length: 12 }, () => refuse(503)));
    await bench.consume(records, counting());
    expect(await bench.count()).toBe(sumTo(3));
  });

  it('a group whose duplicate cannot be seen waits, and is given back when its time is over', async () => {
    let looks = 0;
    const existing = async () => {
      looks += 1;
      return new Set<string>();
    };
    const bench = await consumerBench({ existing, retryWindowMs: 60_000 });
    const record = counted(1);
    await bench.consume([record], counting());
    const began = bench.clock.now().getTime();
    await expect(bench.consume([record, counted(2)], counting())).rejects.toMatchObject({
      name: 'BatchUnfinishedError',
    });
    expect(looks).toBeLessThan(200);
    expect(bench.clock.now().getTime()).toBeGreaterThan(began);
    expect(await bench.parked()).toEqual([]);
  });

  it('an event that occurs twice in one batch is handled once', async () => {
    const bench = await consumerBench();
    const records = many(3);
    await bench.consume([...records, ...records], counting());
    expect(await bench.count()).toBe(sumTo(3));
  });

  it('a duplicate that is rejected because expectNew did not read its document is not parked', async () => {
    const bench = await consumerBench();
    const onlyOnce = counting({
      once: 'by-document',
      async handle({ id }, work) {
        const note = await work.expectNew(Note, id);
        if (note.exists) return;
        const counter = await work.load(Counter, 'a');
        if (counter.exists) throw reject('full', 'there is one already');
        note.put({ text: 'done' });
        counter.record(Counted({ counter: 'a', by: 1 }));
      },
    });
    const record = counted();
    await bench.consume([record], onlyOnce);
    await bench.consume([record], onlyOnce);
    expect(await bench.parked()).toEqual([]);
    await bench.consume([counted()], onlyOnce);
    expect(await bench.parked()).toMatchObject([{ attempts: 1, error: { message: 'there is one already' } }]);
  });

  it('an event that a rule rejects is rolled back, and the rest of its group is committed', async () => {
    const bench = await consumerBench();
    const refusesFive = counting({
      async handle(event, work, context) {
        (await work.load(Note, event.id)).put({ text: 'began' });
        await counting().handle(event, work, context);
        const counter = await work.load(Counter, 'a');
        if (event.data.by === 5) throw reject('five', `not at ${counter.state.count}`);
      },
    });
    await bench.consume(many(10), refusesFive);
    expect(await bench.count()).toBe(sumTo(10) - 5);
    const kinds = Map.groupBy(await bench.documents(boundary), ({ kind }) => kind);
    expect([kinds.get('note')?.length, kinds.get('inbox')?.length]).toEqual([9, 9]);
    expect((await bench.owed(boundary)).map(({ envelope }) => envelope.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await bench.parked()).toHaveLength(1);
    expect(bench.faults.count('Batch', 'counters')).toBe(1);
  });

  it('a group with too many events for one commit is split into several, and no event is lost', async () => {
    const bench = await consumerBench();
    await bench.consume(many(250), counting());
    expect(await bench.count()).toBe(sumTo(250));
    expect(bench.faults.count('Batch')).toBe(3);
    expect(await bench.owed(boundary)).toHaveLength(250);
  });

  it('a group with too much data for one commit is split into several, and no event is lost', async () => {
    const bench = await consumerBench();
    const note = 'x'.repeat(300_000);
    const big = counting({
      async handle(_, work) {
        (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1, note }));
      },
    });
    await bench.consume(many(6), big);
    expect(await bench.count()).toBe(6);
    expect(bench.faults.count('Batch')).toBe(3);
  });

  it('events that are too large only together are committed one by one, in order and without delay', async () => {
    const bench = await consumerBench();
    const bulky = counting({
      async handle(event, work, context) {
        (await work.load(Note, event.id)).put({ text: 'x'.repeat(800_000) });
        await counting().handle(event, work, context);
      },
    });
    const began = bench.clock.now();
    const records = many(3);
    await bench.consume(records, bulky);
    const causes = (await bench.owed(boundary)).map(({ envelope }) => envelope.causationid);
    expect(causes).toEqual(records.map(({ value }) => JSON.parse(value).id));
    expect(bench.clock.now()).toEqual(began);
  });

  it('an event that is too large for any commit is parked, and the rest of its group is committed', async () => {
    const bench = await consumerBench();
    const hungry = counting({
      async handle(event, work, context) {
        await counting().handle(event, work, context);
        if (event.data.by !== 2) return;
        const notes = await Promise.all(Array.from({ length: 120 }, (_, number) => work.load(Note, `${number}`)));
        for (const one of notes) one.put({ text: 'x' });
      },
    });
    await bench.consume(many(3), hungry);
    expect(await bench.count()).toBe(4);
    expect(await bench.parked()).toMatchObject([{ error: { name: 'TooLargeError' } }]);
  });

  it('a document that only newer code can read has the event that loads it tried again later, not the rest of the group', async () => {
    const bench = await consumerBench();
    const broken = { id: 'note:broken', boundary, kind: 'note', version: 1, text: 7 };
    await bench.container.execute(boundary, [{ kind: 'create', document: broken }]);
    const readsOne = counting({
      reads: () => ['broken', 'other'].map((id) => ({ type: Note, id })),
      async handle(event, work, context) {
        if (event.data.by === 2) await work.load(Note, 'broken');
        await counting().handle(event, work, context);
      },
    });
    await bench.consume(many(3), readsOne);
    expect(await bench.count()).toBe(4);
    expect(await bench.parked()).toMatchObject([
      { status: 'scheduled', attempts: 1, error: { name: 'NewerDocumentError' } },
    ]);
  });
});

describe('a concurrent writer', () => {
  it('a group that loses ten races to another writer is retried on fresh state and not parked', async () => {
    const bench = await consumerBench();
    const rival = async () => {
      const work = bench.open(boundary);
      (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1_000 }));
      await work.commit();
    };
    let races = 0;
    const contended = counting({
      async handle(event, work, context) {
        await counting().handle(event, work, context);
        races += 1;
        if (races <= 10) await rival();
      },
    });
    await bench.consume(many(3), contended);
    expect(await bench.count()).toBe(10_000 + sumTo(3));
    expect(await bench.parked()).toEqual([]);
    const sequences = (await bench.owed(boundary)).map(({ envelope }) => envelope.sequence);
    expect(sequences.toSorted((a, b) => a - b)).toEqual(sequences.map((_, index) => index + 1));
  });
});

describe('the events of several boundaries', () => {
  it('events of different boundaries are committed concurrently', async () => {
    const bench = await consumerBench();
    const hold = bench.faults.hold('Batch');
    const consumed = bench.consume([counted(1), counted(2, { counter: 'b' }), counted(3)], counting());
    await hold.arrived(2);
    hold.release();
    await consumed;
    expect([await bench.count('a'), await bench.count('b')]).toEqual([4, 2]);
  });

  it('a boundary that cannot be stored fails the batch, but does not hold up other boundaries', async () => {
    const bench = await consumerBench({ retryWindowMs: 1_000 });
    const troubled = counting({
      async handle(event, work, context) {
        if (event.subject === 'counter/b') throw new StoreUnavailableError('away', {});
        await counting().handle(event, work, context);
      },
    });
    const consumed = bench.consume([counted(2, { counter: 'b' }), counted(1)], troubled);
    await expect(consumed).rejects.toMatchObject({ name: 'BatchUnfinishedError' });
    expect(await bench.count('a')).toBe(1);
    expect(await bench.parked()).toEqual([]);
  });
});

describe('a replayed event', () => {
  it('a replayed event is handled only by the subscriber that it is addressed to', async () => {
    const bench = await consumerBench();
    const replay = recordOf(Counted({ counter: 'a', by: 5 }), {}, { replayfor: 'count-up-too' });
    await bench.consume([replay], counting(), counting({ name: 'count-up-too' }));
    expect(await bench.count()).toBe(5);
    expect((await bench.documents(boundary)).filter(({ kind }) => kind === 'inbox')).toMatchObject([
      { id: expect.stringContaining('inbox:count-up-too:') },
    ]);
  });

  it('an event that is replayed twice is handled once', async () => {
    const bench = await consumerBench();
    const event = { id: '0193a0b0-0000-7000-8000-000000000001' };
    const replay = () => recordOf(Counted({ counter: 'a', by: 5 }), event, { replayfor: 'count-up' });
    await bench.consume([replay()], counting());
    await bench.consume([replay()], counting());
    expect(await bench.count()).toBe(5);
  });
});

describe('tenants', () => {
  it('events of different tenants never share state, even under the same ids', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(1), counted(10, { tenantid: 'other' })], counting());
    expect(await bench.count()).toBe(1);
    expect(await bench.container.read('other/counters:a', 'counter:a')).toMatchObject({ count: 10 });
  });
});
