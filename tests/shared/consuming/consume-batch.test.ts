import { describe, expect, it } from 'vitest';
import { Rejection, reject } from '../../../shared/model/rejection.ts';
import { MissingDocumentError } from '../../../shared/persistence/documents/store-errors.ts';
import { consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting, Note } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { counted, envelopeOf, recordOf, recordWith } from '../../rigs/kernel/records.ts';

const boundary = 'main/counters:a';

describe('an unreadable event', () => {
  it('a record that is no valid event is parked at once with its bytes, and the rest is handled', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(), recordWith('{"half'), recordWith('{"id":1}'), counted()], counting());
    expect(await bench.count()).toBe(2);
    const parked = await bench.parked();
    const bytes = parked.map(({ source }) => source.of === 'event' && Buffer.from(source.raw, 'base64').toString());
    expect(bytes.toSorted()).toEqual(['{"half', '{"id":1}']);
    expect(parked[0]).toMatchObject({
      tenant: 'system',
      subscriber: 'counters-on-platform-events',
      status: 'parked',
      attempts: 1,
      error: { name: 'UnreadableEventError' },
      source: { topic: 'platform-events', partition: 0, key: 'a' },
    });
  });

  it('an event with invalid data is parked for each subscriber whose contract it breaks', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(1, { data: { counter: 'a', by: 'many' } })], counting());
    expect(await bench.parked()).toEqual([
      expect.objectContaining({
        tenant: 'main',
        subscriber: 'count-up',
        status: 'parked',
        error: expect.objectContaining({ message: expect.stringContaining('by') }),
      }),
    ]);
  });

  it('an event of a newer schema version is scheduled for a retry', async () => {
    const bench = await consumerBench();
    await bench.consume([counted(1, { dataschema: 'urn:lagerhaus:test.counted:2' })], counting());
    expect(await bench.parked()).toEqual([
      expect.objectContaining({ status: 'scheduled', dueAt: '2026-11-22T10:00:30.000Z', error: expect.anything() }),
    ]);
  });

  it('an unreadable record is parked once, however often it is delivered', async () => {
    const bench = await consumerBench();
    const record = recordWith('garbage');
    await bench.consume([record], counting());
    await bench.consume([record], counting());
    expect(await bench.parked()).toMatchObject([{ tenant: 'system', attempts: 1, history: [{ step: 'parked' }] }]);
  });
});

describe('an event that names its tenant badly', () => {
  it.each([
    ['no tenant', undefined],
    ['the system', 'system'],
    ['a text that is no name', 'main/dead-letters'],
  ])('an event of %s is a letter of no tenant', async (_, tenantid) => {
    const bench = await consumerBench();
    const event = { ...envelopeOf(Counted({ counter: 'a', by: 1 })), tenantid };
    await bench.consume([recordWith(JSON.stringify(event))], counting());
    expect(await bench.parked()).toMatchObject([{ tenant: 'system', status: 'parked' }]);
  });
});

describe('a rejected event', () => {
  it('an event that a rule rejects is parked after one attempt, and the rest of the batch is handled', async () => {
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

describe('a duplicate event', () => {
  it('an event that is delivered again is skipped because of its inbox marker', async () => {
    const bench = await consumerBench();
    const [first, second] = [counted(1), counted(2)];
    await bench.consume([first], counting());
    await bench.consume([first, second], counting());
    await bench.consume([second, first], counting());
    expect(await bench.count()).toBe(3);
    expect((await bench.documents(boundary)).filter(({ kind }) => kind === 'inbox')).toHaveLength(2);
    expect(await bench.parked()).toEqual([]);
  });

  it('a subscriber that is idempotent by document skips a duplicate event without a marker', async () => {
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

  it('every subscriber handles the same event once, whatever the other subscribers have done', async () => {
    const bench = await consumerBench();
    await bench.consume([counted()], counting(), counting({ name: 'count-up-too' }));
    expect(await bench.count()).toBe(2);
  });

  it('a handler that changes nothing leaves no inbox marker', async () => {
    const bench = await consumerBench();
    await bench.consume([counted()], counting({ handle: async () => undefined }));
    expect(await bench.documents(boundary)).toEqual([]);
  });
});

describe('consuming while the store is unavailable', () => {
  it.each([429, 503])('a commit that fails with %i is retried in place until it is stored', async (status) => {
    const bench = await consumerBench();
    bench.faults.next('Batch', ...Array.from({ length: 60 }, () => refuse(status, 1)));
    await bench.consume([counted(1), counted(2)], counting());
    expect(await bench.count()).toBe(3);
    expect(await bench.parked()).toEqual([]);
  });

  it('reads that fail with 503 are retried in place until they succeed', async () => {
    const bench = await consumerBench();
    bench.faults.next('Read', ...Array.from({ length: 20 }, () => refuse(503)));
    await bench.consume([counted(1), counted(2)], counting());
    expect(await bench.count()).toBe(3);
    expect(await bench.parked()).toEqual([]);
  });

  it('a batch that outlasts the retry window fails, and is handled once when it is redelivered', async () => {
    const bench = await consumerBench({ retryWindowMs: 60_000 });
    const records = [counted(1), counted(2)];
    const back = bench.faults.always('Batch', refuse(503));
    await expect(bench.consume(records, counting())).rejects.toMatchObject({ name: 'BatchUnfinishedError' });
    expect(bench.clock.now().getTime()).toBeLessThanOrEqual(Date.parse('2026-11-22T10:01:00.000Z') + 60_000);
    back();
    await bench.consume(records, counting());
    expect(await bench.count()).toBe(3);
  });

  it('a commit whose response is lost after the write is not applied twice', async () => {
    const bench = await consumerBench();
    bench.faults.next('Batch', ...Array.from({ length: 3 }, () => ({ kind: 'apply-then-drop' }) as const));
    await bench.consume([counted(1), counted(2)], counting());
    expect(await bench.count()).toBe(3);
    expect((await bench.owed(boundary)).map(({ envelope }) => envelope.sequence)).toEqual([1, 2]);
  });
});

describe('a missing document', () => {
  const needsNote = counting({
    async handle(_, work) {
      const { text } = (await work.load(Note, 'first')).state;
      (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1, note: text }));
    },
  });

  it('an event that needs a missing document is retried until the document exists', async () => {
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

  it('an event whose document does not appear within six attempts waits for it', async () => {
    const bench = await consumerBench();
    await bench.consume([counted()], needsNote);
    expect(await bench.parked()).toMatchObject([
      { status: 'waiting', attempts: 6, error: { name: 'MissingDocumentError' }, history: [{ step: 'waiting' }] },
    ]);
  });

  it('store errors do not use up the attempts for a missing document', async () => {
    const bench = await consumerBench();
    bench.faults.next('Read', ...Array.from({ length: 40 }, () => refuse(503)));
    let looks = 0;
    const patient = counting({
      async handle(event, work, context) {
        await work.load(Note, 'first');
        looks += 1;
        if (looks < 3) throw new MissingDocumentError('not there yet');
        await counting().handle(event, work, context);
      },
    });
    await bench.consume([counted()], patient);
    expect(await bench.count()).toBe(1);
    expect(await bench.parked()).toEqual([]);
  });
});

describe('a handler with a bug', () => {
  it('an event whose handler throws is parked after three attempts, with its stack and its trace', async () => {
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

  it('an event whose handler throws only once succeeds on retry and is not parked', async () => {
    const bench = await consumerBench();
    let tries = 0;
    const shaky = counting({
      async handle(event, work, context) {
        tries += 1;
        await counting().handle(event, work, context);
        if (tries === 1) throw new Error('once');
      },
    });
    await bench.consume([counted()], shaky);
    expect(await bench.count()).toBe(1);
    expect(await bench.parked()).toEqual([]);
  });
});

describe('a dead letter while the store is unavailable', () => {
  it('a batch whose dead letter cannot be written fails, so that it is redelivered', async () => {
    const bench = await consumerBench({ retryWindowMs: 60_000 });
    const [bad, good] = [recordWith('garbage'), counted()];
    const back = bench.faults.always('Batch', refuse(503), 'dead-letters');
    await expect(bench.consume([bad, good], counting())).rejects.toMatchObject({ name: 'BatchUnfinishedError' });
    back();
    await bench.consume([bad, good], counting());
    expect(await bench.parked()).toHaveLength(1);
    expect(await bench.count()).toBe(1);
  });

  it('writing a dead letter is retried in place until the store accepts it', async () => {
    const bench = await consumerBench();
    bench.faults.next('Batch', ...Array.from({ length: 20 }, () => refuse(503)));
    await bench.consume([recordWith('garbage')], counting());
    expect(await bench.parked()).toHaveLength(1);
  });

  it('a dead letter whose write response is lost is stored once', async () => {
    const bench = await consumerBench();
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    await bench.consume([counted()], counting({ handle: () => Promise.reject(new Rejection('no', 'no', 'state')) }));
    expect(await bench.parked()).toMatchObject([{ attempts: 1 }]);
  });
});
