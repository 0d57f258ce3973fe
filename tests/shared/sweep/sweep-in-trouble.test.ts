import { describe, expect, it, vi } from 'vitest';
import { MessageRefusedError } from '../../../shared/bus/transport.ts';
import { deadline } from '../../../shared/capabilities/deadline.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { StoreUnavailableError } from '../../../shared/persistence/documents/store-errors.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { Counted, Counter } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { meetReminder, Reminder, remind } from '../../rigs/kernel/reminder.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { eventually } from '../../rigs/stack/eventually.ts';

const boundary = 'main/counters:a';
const dueAt = '2026-11-22T10:05:00.000Z';
const minute = 60_000;
const hundred = Array.from({ length: 100 }, (_, index) => `${index}`);

/** Commits to a counter and dies before it sends. */
async function leave({ open }: RuntimeBench, id: string, options: { readonly service?: string } = {}): Promise<void> {
  const work = open(boundary, options);
  (await work.load(Counter, id)).record(Counted({ counter: id, by: 1 }));
  await work.commit();
}

const reminder = ({ containerOf }: RuntimeBench, name: string, id = 'r') =>
  containerOf(name).read(boundary, `reminder:${id}`);

const both = [
  { name: service, deadlines: [meetReminder] },
  { name: deadLettersContainer, deadlines: [meetReminder] },
];

describe('a bus that never answers', () => {
  it('the deadlines of all services are met although the bus never answers', async () => {
    const bench = await runtimeBench();
    await leave(bench, 'a');
    for (const { name } of both) await remind(bench, { service: name, boundary, dueAt });
    bench.clock.pass(10 * minute);
    const silence = Promise.withResolvers<void>();
    bench.transport.beforeAcknowledging = () => silence.promise;
    const swept = sweep(both, bench.runtime);
    await eventually(async () => {
      for (const { name } of both) expect(await reminder(bench, name)).toHaveProperty('metAt');
    });
    silence.resolve();
    await swept;
  });
});

describe('a throttled service', () => {
  const throttled = deadline({
    name: 'throttled',
    on: Reminder,
    handle: () => Promise.reject(new StoreUnavailableError('a hot partition (429)', {})),
  });
  const oneThrottled = [
    { name: service, deadlines: [throttled] },
    { name: deadLettersContainer, deadlines: [meetReminder] },
  ];

  it('a sweep serves other services and the outbox of a service whose deadlines are throttled, and does not retry these', async () => {
    const bench = await runtimeBench();
    await leave(bench, 'a');
    await remind(bench, { boundary, dueAt }, hundred);
    await remind(bench, { service: deadLettersContainer, boundary, dueAt });
    bench.clock.pass(10 * minute);
    bench.faults.recount();
    await sweep(oneThrottled, bench.runtime);
    expect(bench.transport.sent).toHaveLength(1);
    expect(await reminder(bench, deadLettersContainer)).toHaveProperty('metAt');
    expect(bench.faults.count('Read', service)).toBe(100);
  });

  it('throttled deadlines are postponed by seconds without counting an attempt', async () => {
    const bench = await runtimeBench();
    await remind(bench, { boundary, dueAt });
    bench.clock.pass(10 * minute);
    await sweep(oneThrottled, bench.runtime);
    const postponed = await reminder(bench, service);
    expect(postponed).toMatchObject({ dueAt: '2026-11-22T10:10:10.000Z', dueSince: dueAt });
    expect(postponed).not.toHaveProperty('dueAttempts');
  });
});

describe.each([
  ['throttled', 429],
  ['forbidden', 403],
  ['unavailable', 503],
])('a container that is %s', (_, status) => {
  it.each([
    'Query',
    'Read',
    'Batch',
    undefined,
  ])('a sweep serves other services although one container fails (operation: %s)', async (operation) => {
    const bench = await runtimeBench();
    for (const { name } of both) {
      await leave(bench, name, { service: name });
      await remind(bench, { service: name, boundary, dueAt }, hundred);
    }
    bench.clock.pass(10 * minute);
    bench.faults.always(operation, refuse(status), service);
    await sweep(both, bench.runtime);
    for (const id of hundred) expect(await reminder(bench, deadLettersContainer, id)).toHaveProperty('metAt');
    expect(bench.transport.sent.map(({ data }) => data.counter)).toContain(deadLettersContainer);
  });
});

describe('boundaries that are throttled', () => {
  it('throttled boundaries, whose due documents fill pages, keep the deadlines of no other boundary waiting', async () => {
    const bench = await runtimeBench();
    const hot = Array.from({ length: 12 }, (_, index) => `hot/counters:${index}`);
    for (const one of hot) await remind(bench, { boundary: one, dueAt }, hundred.slice(0, 20));
    await remind(bench, { boundary, dueAt: '2026-11-22T10:06:00.000Z' });
    const execute = bench.container.execute.bind(bench.container);
    vi.spyOn(bench.container, 'execute').mockImplementation(async (at, operations) => {
      if (hot.includes(at)) throw new StoreUnavailableError('a hot partition (429)', {});
      return execute(at, operations);
    });
    bench.clock.pass(10 * minute);
    await sweep(both, bench.runtime);
    expect(await reminder(bench, service)).toHaveProperty('metAt');
  });
});

describe('unwritable dead letters', () => {
  it('a deadline whose dead letter cannot be written stays due and does not block other deadlines', async () => {
    const bench = await runtimeBench();
    await remind(bench, { boundary, dueAt }, ['poison', ...hundred]);
    const poisoned = deadline({
      name: 'poisoned',
      on: Reminder,
      async handle(due, _, { now }) {
        if (due.id === 'poison') throw new TypeError('undefined is no function');
        due.put({ metAt: now.toISOString() });
      },
    });
    const poison = await reminder(bench, service, 'poison');
    if (poison === undefined) throw new Error('there is no poison');
    await bench.container.replaceIfUnchanged({ ...poison, dueAttempts: 7 });
    bench.faults.always('Batch', refuse(403), deadLettersContainer);
    bench.clock.pass(10 * minute);
    await sweep([{ name: service, deadlines: [poisoned] }], bench.runtime);
    for (const id of hundred) expect(await reminder(bench, service, id)).toHaveProperty('metAt');
    expect(await reminder(bench, service, 'poison')).toMatchObject({ dueAttempts: 7, dueAt: expect.any(String) });
  });
});

describe('an event that the bus refuses', () => {
  it('the sweep sends the events behind events that the bus refuses', async () => {
    const bench = await runtimeBench();
    for (const id of [...hundred, 'good']) await leave(bench, id);
    bench.transport.beforeAcknowledging = async (messages) => {
      if (messages.some(({ key }) => key !== 'good' && !key.endsWith('/good'))) throw new MessageRefusedError('no');
    };
    bench.clock.pass(minute);
    await sweep(both, bench.runtime);
    expect(bench.transport.sent.map(({ data }) => data.counter)).toEqual(['good']);
  });
});

describe('a due document that is none of the kernel’s', () => {
  it('documents that nobody here has written keep no deadline and no owed event of their container waiting', async () => {
    const bench = await runtimeBench();
    const strange = [
      { id: 'reminder:without-version', kind: 'reminder' },
      { id: 'reminder:with-text', kind: 'reminder', version: 1, ttl: 5, dueAttempts: 'often' },
      { id: 'outbox:strange', kind: 'outbox', version: -1, messages: 'none' },
    ];
    for (const document of strange) await bench.putAsIs({ boundary, dueAt: '2026-11-22T10:00:00.000Z', ...document });
    await leave(bench, 'a');
    await remind(bench, { boundary, dueAt });
    bench.clock.pass(10 * minute);
    await sweep(both, bench.runtime);
    expect(await reminder(bench, service)).toHaveProperty('metAt');
    expect(bench.transport.sent).toHaveLength(1);
    for (const { id } of strange)
      expect(await bench.documents(boundary)).toContainEqual(expect.objectContaining({ id }));
  });
});
