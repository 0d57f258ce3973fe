import { describe, expect, it, vi } from 'vitest';
import type { Subscriber } from '../../../shared/capabilities/subscriber.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { ReplayRun } from '../../../shared/replays/replay-run.ts';
import { ReplayRunner, replayDeadline } from '../../../shared/replays/replay-runner.ts';
import { ended, Replay, type ReplayState, requested } from '../../../shared/replays/replay-state.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { counting, Note } from '../../rigs/kernel/counter.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { counted, recordWith } from '../../rigs/kernel/records.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const consumer = 'counters-on-platform-events';
const boundary = 'main/replays';
const key = { tenant: 'main', id: 'replay-1' };
const second = 1_000;

/** A bench with five events on the bus, of which nobody has heard, and a replay of them that is due. */
async function replayBench(change: Partial<ReplayState> = {}, reactions: readonly Subscriber[] = [counting()]) {
  const bench = await runtimeBench();
  const { consumers, topic, clock, runtime } = bench;
  consumers.push({ name: consumer, service, topic: 'platform-events', reactions });
  topic.write(...[1, 2, 3, 4, 5].map((by) => counted(by)));
  const replay = async () => {
    const stored = await bench.documents(boundary, deadLettersContainer);
    return Replay.parse(stored.find(({ kind }) => kind === Replay.kind));
  };
  const order = { consumer, from: '2026-11-22T09:00:00.000Z', dryRun: false, rebuild: false };
  const first = { ...requested(order, { tenant: 'main', sub: 'olga' }, clock.now()), ...change };
  /** Writes the replay past whoever runs it. */
  const put = async (next: (state: ReplayState) => ReplayState, id = key.id) => {
    const work = bench.open(boundary, { service: deadLettersContainer });
    const tracked = await work.load(Replay, id);
    tracked.put(next(tracked.current ?? first));
    await work.commit();
  };
  await put((state) => state);
  /** Asks for the same once more. */
  const again = () => put(() => ({ ...first, dueAt: clock.now().toISOString() }));
  const process = new AbortController();
  const run = (signal = process.signal) => new ReplayRun(key, runtime, signal).toEnd();
  const count = async () => (await bench.container.read('main/counters:a', 'counter:a'))?.count;
  return { ...bench, replay, put, again, process, run, count };
}

describe('a replay', () => {
  it('a replay delivers the events in the topic, counts them by type, and is done', async () => {
    const { run, replay, count } = await replayBench();
    await run();
    expect(await count()).toBe(15);
    expect(await replay()).toMatchObject({
      status: 'done',
      counts: { 'test.counted': { events: 5, taken: 5 } },
      partitions: [{ partition: 0, start: 0, next: 5, end: 5 }],
      errors: [],
    });
    expect(await replay()).not.toHaveProperty('dueAt');
  });

  it('a replay counts each event once though the answers to its writes are lost', async () => {
    const { run, replay, faults } = await replayBench();
    faults.inTurn('Batch', { kind: 'apply-then-drop' }, { kind: 'serve' });
    await run();
    expect(await replay()).toMatchObject({ status: 'done', counts: { 'test.counted': { events: 5, taken: 5 } } });
  });

  it('a repeated replay does not handle the events again', async () => {
    const { run, again, count } = await replayBench();
    await run();
    await again();
    await run();
    expect(await count()).toBe(15);
  });

  it('a replay skips the events of other tenants and invalid records', async () => {
    const { run, replay, count, topic } = await replayBench();
    topic.write(counted(100, { tenantid: 'other' }), recordWith('no event'));
    await run();
    expect([await count(), (await replay()).counts]).toEqual([15, { 'test.counted': { events: 5, taken: 5 } }]);
  });

  it('an interrupted replay resumes where it stopped once its lease has expired', async () => {
    const { run, replay, topic, count, clock } = await replayBench();
    let steps = 0;
    const interrupted = Promise.withResolvers<void>();
    topic.beforeTaking = async () => {
      steps += 1;
      if (steps < 3) return;
      interrupted.resolve();
      await new Promise(() => undefined); // the process hangs, or is gone
    };
    void run();
    await interrupted.promise;
    expect((await replay()).partitions).toMatchObject([{ next: 4 }]);

    topic.beforeTaking = async () => undefined;
    await run();
    expect((await replay()).status).toBe('running');
    clock.pass(16 * second);
    await run();
    expect(await replay()).toMatchObject({ status: 'done', counts: { 'test.counted': { events: 5, taken: 5 } } });
    expect(await count()).toBe(15);
  });

  it('a replay that several processes find at the same time is run by one of them', async () => {
    const { run, replay, count } = await replayBench();
    await Promise.all([run(), run(), run()]);
    expect(await replay()).toMatchObject({ status: 'done', counts: { 'test.counted': { events: 5, taken: 5 } } });
    expect(await count()).toBe(15);
  });

  it('a replay that another process has taken over is left to that process', async () => {
    const { run, replay, put, topic } = await replayBench();
    topic.beforeTaking = async () => {
      topic.beforeTaking = async () => undefined;
      await put((state) => ({ ...state, lease: 'of somebody else' }));
    };
    await run();
    expect(await replay()).toMatchObject({ status: 'running', lease: 'of somebody else', counts: {} });
  });

  it('a replay that is stopped keeps its progress and delivers no further events', async () => {
    const { run, replay, put, topic, count, clock } = await replayBench();
    topic.beforeTaking = async () => {
      topic.beforeTaking = async () => undefined;
      await put((state) => ended(state, 'stopped', clock.now()));
    };
    await run();
    expect(await replay()).toMatchObject({ status: 'stopped', partitions: [{ next: 2, end: 5 }] });
    expect(await replay()).not.toHaveProperty('dueAt');
    expect(await count()).toBe(3);
  });

  it('a replay can be resumed by any process at once after a graceful shutdown', async () => {
    const { run, replay, topic, process, count } = await replayBench();
    topic.beforeTaking = async () => process.abort();
    await run();
    expect(await replay()).toMatchObject({ status: 'running', partitions: [{ next: 2, end: 5 }] });
    await run(new AbortController().signal);
    expect([(await replay()).status, await count()]).toEqual(['done', 15]);
  });

  it('a replay is retried with backoff if the bus fails, and fails after eight attempts', async () => {
    const { run, replay, topic, clock } = await replayBench();
    topic.beforeTaking = () => Promise.reject(new Error('the bus is away'));
    await run();
    expect(await replay()).toMatchObject({
      status: 'running',
      failures: 1,
      errors: [{ error: 'Error: the bus is away' }],
    });
    for (let turn = 2; turn <= 8; turn += 1) {
      clock.pass(1_000 * second);
      await run();
    }
    expect(await replay()).toMatchObject({ status: 'failed', failures: 8 });
    expect((await replay()).errors).toHaveLength(8);
  });

  it('a replay of events older than the inbox markers fails and delivers nothing', async () => {
    const { run, replay, count, clock } = await replayBench();
    clock.pass(15 * 86_400 * second);
    await run();
    expect(await replay()).toMatchObject({ status: 'failed', errors: [{ error: expect.stringContaining('older') }] });
    expect(await count()).toBeUndefined();
  });

  it('a replay leaves out what says a time long before its span, and delivers what is behind it', async () => {
    const { run, replay, count, topic } = await replayBench();
    topic.records.unshift({ ...counted(100), timestamp: '1970-01-01T00:00:00.000Z' });
    await run();
    expect(await replay()).toMatchObject({ status: 'done', counts: { 'test.counted': { events: 5, taken: 5 } } });
    expect(await count()).toBe(15);
  });

  it('a replay parks events whose handler throws, and continues', async () => {
    const broken = counting({ handle: () => Promise.reject(new TypeError('no longer')) });
    const { run, replay, deadLetters } = await replayBench({}, [broken]);
    await run();
    expect((await replay()).status).toBe('done');
    expect(await deadLetters()).toHaveLength(5);
  });
});

describe('the sweep of replays', () => {
  it('the sweep runs at most two due replays at the same time, and the others later', async () => {
    const { runtime, topic, put, documents, clock } = await replayBench();
    const dueAt = clock.now().toISOString();
    await put((state) => ended(state, 'stopped', clock.now()));
    for (const id of ['a', 'b', 'c']) await put((state) => ({ ...state, dueAt }), id);
    const gate = Promise.withResolvers<void>();
    topic.beforeTaking = () => gate.promise;
    const runner = new ReplayRunner(runtime);
    const visit = () => sweep([{ name: deadLettersContainer, deadlines: [replayDeadline(runner, runtime)] }], runtime);
    const done = async () => {
      const stored = await documents(boundary, deadLettersContainer);
      return stored.filter(({ status }) => status === 'done').length;
    };
    await visit();
    gate.resolve();
    await vi.waitFor(async () => expect(await done()).toBe(2), 15_000);
    clock.pass(10 * second);
    await visit();
    await vi.waitFor(async () => expect(await done()).toBe(3), 15_000);
  });
});

describe('a replay of newer code', () => {
  it.each([
    ['consumer', { consumer: 'counters-on-sales-events' }],
    ['subscriber', { subscriber: 'count-down' }],
  ])('a replay to a %s that only newer code has is left to it', async (_, change) => {
    const { runtime, put, replay, clock } = await replayBench();
    await put((state) => ({ ...state, ...change }));
    const before = await replay();
    clock.pass(10 * second);
    const runner = new ReplayRunner(runtime);
    await sweep([{ name: deadLettersContainer, deadlines: [replayDeadline(runner, runtime)] }], runtime);
    await runner.stop();
    expect(await replay()).toEqual(before);
  });
});

describe('a rebuild', () => {
  /** Notes what was counted last, under the counter's name. */
  const noting = counting({
    name: 'note-down',
    once: 'by-document',
    projects: [Note],
    async handle({ data: { counter, by } }, work) {
      const note = await work.load(Note, counter);
      if (Number(note.current?.text ?? 0) < by) note.put({ text: String(by) });
    },
  });
  const noteIn = async ({ container }: Awaited<ReturnType<typeof replayBench>>) =>
    container.read('main/counters:a', 'note:a');

  it.each([
    [{ text: '99' }],
    [{ text: { no: 'text' } }],
  ])('a rebuild replaces a projection whatever it contained: %j', async (damage) => {
    const bench = await replayBench({ rebuild: true }, [noting]);
    const document = { id: 'note:a', boundary: 'main/counters:a', kind: 'note', version: 7, ...damage };
    await bench.container.execute('main/counters:a', [{ kind: 'create', document }]);
    await bench.run();
    expect(await noteIn(bench)).toMatchObject({ text: '5', rebuiltBy: key.id });
  });

  it('a rebuild keeps up with events that arrive while it runs', async () => {
    const bench = await replayBench({ rebuild: true }, [noting]);
    let pieces = 0;
    bench.topic.beforeTaking = async () => {
      pieces += 1;
      if (pieces !== 2) return;
      bench.topic.write(counted(8));
    };
    await bench.run();
    expect(await noteIn(bench)).toMatchObject({ text: '8' });
    expect(await bench.replay()).toMatchObject({ status: 'done', partitions: [{ next: 6, end: 6 }] });
  });

  it('a rebuild does not touch documents that are not projections', async () => {
    const { run, again, count } = await replayBench({ rebuild: true });
    await run();
    await again();
    await run();
    expect(await count()).toBe(15);
  });
});
