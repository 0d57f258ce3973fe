import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deadline } from '../../shared/capabilities/deadline.ts';
import { deadLettersContainer } from '../../shared/dead-letters/dead-letters-container.ts';
import { defineProjection } from '../../shared/model/projection.ts';
import { StoredDocument } from '../../shared/persistence/documents/stored-document.ts';
import type { Runtime } from '../../shared/runtime/runtime.ts';
import { sweep } from '../../shared/sweep/sweep.ts';
import { consumerBench } from '../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting } from '../rigs/kernel/counter.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';
import { counted } from '../rigs/kernel/records.ts';
import { meetReminder, Reminder, remind } from '../rigs/kernel/reminder.ts';
import { type RuntimeBench, runtimeBench } from '../rigs/kernel/runtime-bench.ts';

const boundary = 'main/counters:a';
const dueAt = '2026-11-22T10:05:00.000Z';
const hour = 3_600_000;
const sixDays = 6 * 24 * hour;

/** Lets time pass in which code of this kind sweeps, each time before anybody else. */
async function sweptFor(bench: RuntimeBench, ms: number, runtime: Runtime = bench.runtime): Promise<void> {
  for (let passed = 0; passed < ms; passed += 6 * hour) {
    bench.clock.pass(6 * hour);
    await sweep([{ name: service, deadlines: [meetReminder] }], runtime);
  }
}

/** A document that is in the store as it was put there. */
const put = ({ container }: RuntimeBench, document: StoredDocument) =>
  container.execute(boundary, [{ kind: 'create', document }]);

/** An outbox document of a process that died; `change` makes it one of newer code. */
async function leftBehind(
  bench: RuntimeBench,
  change: (message: object) => object,
  more: object = {},
): Promise<string> {
  const work = bench.open('main/counters:b');
  (await work.load(Counter, 'b')).record(Counted({ counter: 'b', by: 1 }));
  await work.commit();
  const [outbox] = (await bench.documents('main/counters:b')).filter(({ kind }) => kind === 'outbox');
  if (outbox === undefined) throw new Error('nothing is owed');
  await bench.container.remove([outbox]);
  const messages = z.array(z.looseObject({})).parse(outbox.messages).map(change);
  await put(bench, StoredDocument.parse({ ...outbox, ...more, boundary, messages, _etag: undefined }));
  return outbox.id;
}

/** What newer code made due, of a kind and with fields that older code has never heard of. */
const Audit = defineProjection({
  kind: 'audit',
  state: z.object({ dueAt: z.string().optional(), scope: z.string(), doneAt: z.string().optional() }),
});
const audit = deadline({
  name: 'audit',
  on: Audit,
  async handle(due, _, { now }) {
    due.put({ scope: due.state.scope, doneAt: now.toISOString() });
  },
});

describe('a dead letter that newer code has written', () => {
  it('a dead letter of a status that old code does not know is left as it is, and the event behind it takes effect', async () => {
    const bench = await consumerBench({ retryWindowMs: 60_000 });
    const poison = counted(1, { counter: 'poison' });
    const failing = counting({
      async handle(event, work, context) {
        if (event.data.counter === 'poison') throw new TypeError('undefined is no function');
        await counting().handle(event, work, context);
      },
    });
    await bench.consume([poison], failing);
    const [letter] = await bench.parked();
    const letters = bench.containerOf(deadLettersContainer);
    const at = 'main/dead-letters:2026-11-22';
    const stored = await letters.read(at, `dead-letter:${letter?.id}`);
    if (stored === undefined) throw new Error('there is no letter');
    await letters.replaceIfUnchanged({ ...stored, status: 'forwarded', forwardedTo: 'the auditors' });
    await bench.consume([poison, counted(5)], failing);
    expect(await bench.count()).toBe(5);
    expect(await letters.read(at, stored.id)).toMatchObject({ status: 'forwarded', forwardedTo: 'the auditors' });
  });
});

describe('a document that newer code made due', () => {
  const anAudit = { id: 'audit:1', boundary, kind: 'audit', version: 1, dueAt, scope: 'tills' };

  it('a document of an unknown kind is left as it is by old code for six days, and its deadline is met by code that knows it', async () => {
    const bench = await runtimeBench();
    await put(bench, anAudit);
    const before = await bench.container.read(boundary, 'audit:1');
    await sweptFor(bench, sixDays);
    expect(await bench.container.read(boundary, 'audit:1')).toEqual(before);
    expect(await bench.deadLetters()).toEqual([]);
    await sweep([{ name: service, deadlines: [meetReminder, audit] }], bench.runtime);
    expect(await bench.container.read(boundary, 'audit:1')).toMatchObject({
      scope: 'tills',
      doneAt: expect.any(String),
    });
  });

  it('a document of an unknown kind is parked after a week, and keeps its deadline and its fields', async () => {
    const bench = await runtimeBench();
    await put(bench, anAudit);
    await sweptFor(bench, sixDays + 36 * hour);
    expect(await bench.container.read(boundary, 'audit:1')).toMatchObject({ scope: 'tills', parkedDueAt: dueAt });
    expect(await bench.deadLetters()).toMatchObject([{ source: { document: 'audit:1' }, status: 'parked' }]);
  });

  it('documents of unknown kinds, however many, keep no known deadline from being met', async () => {
    const bench = await runtimeBench();
    for (let index = 0; index < 120; index += 1) await put(bench, { ...anAudit, id: `audit:${index}` });
    await remind(bench, { boundary, dueAt: '2026-11-22T10:06:00.000Z' });
    await sweptFor(bench, hour);
    expect(await bench.container.read(boundary, 'reminder:r')).toHaveProperty('metAt');
  });

  it('a document of a known kind whose state is of newer code is left as it is for six days', async () => {
    const bench = await runtimeBench();
    await put(bench, { id: 'reminder:r', boundary, kind: Reminder.kind, version: 1, dueAt, metAt: { zone: 'UTC' } });
    const before = await bench.container.read(boundary, 'reminder:r');
    await sweptFor(bench, sixDays);
    expect(await bench.container.read(boundary, 'reminder:r')).toEqual(before);
    expect(await bench.deadLetters()).toEqual([]);
  });

  it('a deadline that newer code gave to a kind without deadlines survives a change by old code', async () => {
    const OldAudit = defineProjection({ kind: 'audit', state: z.object({ scope: z.string() }) });
    const bench = await runtimeBench();
    await put(bench, anAudit);
    const work = bench.open(boundary);
    (await work.load(OldAudit, '1')).put({ scope: 'shelves' });
    await work.commit();
    expect(await bench.container.read(boundary, 'audit:1')).toMatchObject({ scope: 'shelves', dueAt });
  });
});

describe('an outbox document that newer code left behind', () => {
  it.each<[string, (message: object) => object, object]>([
    ['to an unknown topic', (message) => ({ ...message, topic: 'returns-events' }), {}],
    ['with an unknown field of a message', (message) => ({ ...message, priority: 'high' }), {}],
    ['with an unknown field of an envelope', extended, {}],
    ['with an unknown field', (message) => message, { sendAfter: '2027-01-01' }],
  ])('an outbox document %s is left as it is by old code for six days, and keeps no other from being sent', async (_, change, more) => {
    const bench = await runtimeBench();
    const id = await leftBehind(bench, change, more);
    const before = await bench.container.read(boundary, id);
    await sweptFor(bench, sixDays);
    expect(await bench.container.read(boundary, id)).toEqual(before);
    expect(await bench.deadLetters()).toEqual([]);
    expect(bench.transport.sent).toEqual([]);
    const work = bench.open('main/counters:c');
    (await work.load(Counter, 'c')).record(Counted({ counter: 'c', by: 1 }));
    await work.commit();
    await sweptFor(bench, hour);
    expect(bench.transport.sent.map(({ data }) => data.counter)).toEqual(['c']);
  });

  it('an event of an unknown type or version is left in the outbox by old code for six days, and sent by code that knows it', async () => {
    const bench = await runtimeBench();
    await leftBehind(bench, (message) => message);
    await sweptFor(bench, sixDays, { ...bench.runtime, knowsEvent: () => false });
    expect(bench.transport.sent).toEqual([]);
    expect(await bench.deadLetters()).toEqual([]);
    await sweptFor(bench, hour);
    expect(bench.transport.sent.map(({ data }) => data.counter)).toEqual(['b']);
  });
});

function extended(message: object): object {
  const { envelope, ...rest } = z.looseObject({ envelope: z.looseObject({}) }).parse(message);
  return { ...rest, envelope: { ...envelope, dataclass: 'secret' } };
}
