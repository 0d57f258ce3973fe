import { describe, expect, it } from 'vitest';
import { Rejection, reject } from '../../../shared/model/rejection.ts';
import { MissingDocumentError } from '../../../shared/persistence/documents/store-errors.ts';
import { consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting, Note } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { counted, recordOf, recordWith } from '../../rigs/kernel/records.ts';

const boundary = 'main/counters:a';

describe('what is no event', () => {
  it('is parked at once, with its bytes, and its neighbours are done', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(), recordWith('{"half'), recordWith('{"id":1}'), counted()], counting());
    expect(await bench.count()).toBe(2);
    const parked = await bench.parked();
    const bytes = parked.map(({ source }) => source.of === 'event' && Buffer.from(source.raw, 'base64').toString());
    expect(bytes.toSorted()).toEqual(['{"half', '{"id":1}']);
    expect(parked[0]).toMatchObject({
      subscriber: 'counters-on-platform-events',
      status: 'parked',
      attempts: 1,
      error: { name: 'UnreadableEventError' },
      source: { topic: 'platform-events', partition: 0, key: 'a' },
    });
  });

  it('is parked for each subscriber whose contract it breaks', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(1, { data: { counter: 'a', by: 'many' } })], counting());
    expect(await bench.parked()).toEqual([
      expect.objectContaining({
        subscriber: 'count-up',
        status: 'parked',
        error: expect.objectContaining({ message: expect.stringContaining('by') }),
      }),
    ]);
  });

  it('yet, for it is of a newer version, is scheduled to be tried again', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(1, { dataschema: 'urn:lagerhaus:test.counted:2' })], counting());
    expect(await bench.parked()).toEqual([
      expect.objectContaining({ status: 'scheduled', dueAt: '2026-11-22T10:00:30.000Z', error: expect.anything() }),
    ]);
  });

  it('is parked once, however often it is delivered', async () => {
    const bench = await consumerBench();
    const record = recordWith('garbage');
    await bench.consume([record], counting());
    await bench.consume([record], counting());
    expect(await bench.parked()).toMatchObject([{ attempts: 1, history: [{ step: 'parked' }] }]);
  });
});

describe('what a rule refuses', () => {
  it('is parked after one try, and its neighbours are done', async () => {
    const bench = await consumerBench();
    let tries = 0;
    const picky = counting({
      async handle({ data: { by } }, work) {
        const counter = await work.load(Counter, 'a');
        counter.record(Counted({ counter: 'a', by }));
        if (by < 0) {
          tries += 1;
          throw reject('counted-down', 'it only counts up');
        }
      },
    });
    await bench.consume([counted(1), counted(-5), counted(2)], picky);
    expect(await bench.count()).toBe(3);
    expect(tries).toBe(1);
    expect(await bench.parked()).toMatchObject([
      { attempts: 1, error: { name: 'Rejection', message: 'it only counts up' } },
    ]);
  });
});

describe('what was done already', () => {
  it('is skipped by its marker, when it comes again', async () => {
    const bench = await consumerBench();
    const [first, second] = [counted(1), counted(2)];
    await bench.consume([first], counting());
    await bench.consume([first, second], counting());
    await bench.consume([second, first], counting());
    expect(await bench.count()).toBe(3);
    expect((await bench.documents(boundary)).filter(({ kind }) => kind === 'inbox')).toHaveLength(2);
    expect(await bench.parked()).toEqual([]);
  });

  it('is skipped by its document, when that tells', async () => {
    const bench = await consumerBench();
    const once = counting({
      once: 'by-document',
      async handle({ id }, work) {
        const note = await work.load(Note, id);
        if (note.exists) return;
        note.put({ text: 'done' });
        (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
      },
    });
    const record = counted();
    await bench.consume([record], once);
    bench.faults.recount();
    await bench.consume([record, record], once);
    expect(await bench.count()).toBe(1);
    expect(bench.faults.count('Batch')).toBe(0);
  });

  it('is done by every other subscriber nevertheless', async () => {
    const bench = await consumerBench();
    await bench.consume([counted()], counting(), counting({ name: 'count-up-too' }));
    expect(await bench.count()).toBe(2);
  });

  it('leaves no marker where nothing was to be done', async () => {
    const bench = await consumerBench();
    await bench.consume([counted()], counting({ handle: async () => undefined }));
    expect(await bench.documents(boundary)).toEqual([]);
  });
});

describe('while the store is in trouble', () => {
  it.each([429, 503])('a batch is retried in place until %i is over', async (status) => {
    const bench = await consumerBench();
    bench.faults.next('Batch', ...Array.from({ length: 60 }, () => refuse(status, 1)));
    await bench.consume([counted(1), counted(2)], counting());
    expect(await bench.count()).toBe(3);
    expect(await bench.parked()).toEqual([]);
  });

  it('reads that fail are retried in place', async () => {
    const bench = await consumerBench();
    bench.faults.next('Read', ...Array.from({ length: 20 }, () => refuse(503)));
    await bench.consume([counted(1), counted(2)], counting());
    expect(await bench.count()).toBe(3);
    expect(await bench.parked()).toEqual([]);
  });

  it('for longer than the host waits, the batch is given back, and delivered again it is done once', async () => {
    const bench = await consumerBench({ retryWindowMs: 60_000 });
    const records = [counted(1), counted(2)];
    const back = bench.faults.always('Batch', refuse(503));
    await expect(bench.consume(records, counting())).rejects.toMatchObject({ name: 'BatchUnfinishedError' });
    expect(bench.clock.now().getTime()).toBeLessThanOrEqual(Date.parse('2026-11-22T10:01:00.000Z') + 60_000);
    back();
    await bench.consume(records, counting());
    expect(await bench.count()).toBe(3);
  });

  it('an answer lost after the write does not count twice', async () => {
    const bench = await consumerBench();
    bench.faults.next('Batch', ...Array.from({ length: 3 }, () => ({ kind: 'apply-then-drop' }) as const));
    await bench.consume([counted(1), counted(2)], counting());
    expect(await bench.count()).toBe(3);
    expect((await bench.owed(boundary)).map(({ envelope }) => envelope.sequence)).toEqual([1, 2]);
  });
});

describe('a document that is not there', () => {
  const needsNote = counting({
    async handle(_, work) {
      const { text } = (await work.load(Note, 'first')).state;
      (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1, note: text }));
    },
  });

  it('yet is waited for', async () => {
    const bench = await consumerBench();
    bench.clock.duringNextWait(async () => {
      const work = bench.open(boundary);
      (await work.load(Note, 'first')).put({ text: 'here' });
      await work.commit();
    });
    await bench.consume([counted()], needsNote);
    expect(await bench.count()).toBe(1);
    expect(await bench.parked()).toEqual([]);
  });

  it('and never comes is given up after some tries', async () => {
    const bench = await consumerBench();
    await bench.consume([counted()], needsNote);
    expect(await bench.parked()).toMatchObject([
      { status: 'parked', attempts: 8, error: { name: 'MissingDocumentError' } },
    ]);
  });

  it('yet is waited for as long when the store was away before', async () => {
    const bench = await consumerBench();
    bench.faults.next('Read', ...Array.from({ length: 40 }, () => refuse(503)));
    let looks = 0;
    const patient = counting({
      async handle(event, work) {
        await work.load(Note, 'first');
        looks += 1;
        if (looks < 3) throw new MissingDocumentError('not there yet');
        await counting().handle(event, work);
      },
    });
    await bench.consume([counted()], patient);
    expect(await bench.count()).toBe(1);
    expect(await bench.parked()).toEqual([]);
  });
});

describe('a bug', () => {
  it('is tried three times and parked, with what is needed to find it', async () => {
    const bench = await consumerBench();
    let tries = 0;
    const buggy = counting({
      async handle() {
        tries += 1;
        throw new TypeError('undefined is no function');
      },
    });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const record = recordOf(Counted({ counter: 'a', by: 1 }), { traceparent });
    await bench.consume([record], buggy);
    expect(tries).toBe(3);
    expect(await bench.parked()).toEqual([
      expect.objectContaining({
        subscriber: 'count-up',
        attempts: 3,
        traceparent,
        error: {
          name: 'TypeError',
          message: 'undefined is no function',
          stack: expect.stringContaining('consume-batch.test.ts'),
        },
        source: expect.objectContaining({ topic: record.topic, partition: record.partition, offset: record.offset }),
      }),
    ]);
  });

  it('that happens once is forgotten', async () => {
    const bench = await consumerBench();
    let tries = 0;
    const shaky = counting({
      async handle(event, work) {
        tries += 1;
        await counting().handle(event, work);
        if (tries === 1) throw new Error('once');
      },
    });
    await bench.consume([counted()], shaky);
    expect(await bench.count()).toBe(1);
    expect(await bench.parked()).toEqual([]);
  });
});

describe('a dead letter that cannot be written', () => {
  it('keeps the batch from being forgotten', async () => {
    const bench = await consumerBench({ retryWindowMs: 60_000 });
    const [bad, good] = [recordWith('garbage'), counted()];
    const back = bench.faults.always('Batch', refuse(503), 'dead-letters');
    await expect(bench.consume([bad, good], counting())).rejects.toMatchObject({ name: 'BatchUnfinishedError' });
    back();
    await bench.consume([bad, good], counting());
    expect(await bench.parked()).toHaveLength(1);
    expect(await bench.count()).toBe(1);
  });

  it('at first is written later, in place', async () => {
    const bench = await consumerBench();
    bench.faults.next('Batch', ...Array.from({ length: 20 }, () => refuse(503)));
    await bench.consume([recordWith('garbage')], counting());
    expect(await bench.parked()).toHaveLength(1);
  });

  it('because the answer was lost, is written once', async () => {
    const bench = await consumerBench();
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    await bench.consume([counted()], counting({ handle: () => Promise.reject(new Rejection('no', 'no', 'state')) }));
    expect(await bench.parked()).toMatchObject([{ attempts: 1 }]);
  });
});
