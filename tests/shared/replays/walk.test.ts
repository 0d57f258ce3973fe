import { describe, expect, it } from 'vitest';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { ReplayRun } from '../../../shared/replays/replay-run.ts';
import { ended, Replay, type ReplayState, requested, resumed } from '../../../shared/replays/replay-state.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { recordOf } from '../../rigs/kernel/records.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { Box, BoxFilled, boxBoundary, boxes, hallBoundary } from '../../rigs/model/boxes.ts';

const consumer = 'boxes-on-platform-events';
const replays = 'main/replays';
const key = { tenant: 'main', id: 'replay-1' };
const leaseMs = 16_000;
const pad = (n: number) => String(n).padStart(3, '0');

/** Boxes whose events nobody remembers, some of them gone, and a rebuild of their list that is due. */
async function walkBench(count: number, change: Partial<ReplayState> = {}) {
  const bench = await runtimeBench(undefined, { indexes: boxes.indexes });
  const { consumers, clock, runtime, open } = bench;
  consumers.push({ name: consumer, service, topic: 'platform-events', reactions: boxes.subscribers });
  const fill = async (box: string, colour?: string, boundary = `main/${boxBoundary(box)}`) => {
    const work = open(boundary);
    const stored = await work.load(Box, box);
    const content = colour === undefined ? undefined : { colour, label: box };
    const event = BoxFilled({ box, hall: 'north', content });
    stored.record(event);
    await work.commit();
    return recordOf(event, { sequence: stored.version });
  };
  const names = Array.from({ length: count }, (_, n) => `box-${pad(n)}`);
  await Promise.all(names.map((box, n) => fill(box, n % 7 === 0 ? undefined : 'red')));
  const order = { consumer, dryRun: false, rebuild: true };
  const walks = [{ subscriber: 'list-boxes', kind: 'box' }];
  const first = { ...requested(order, { tenant: 'main', sub: 'olga' }, clock.now(), walks), ...change };
  const put = async (next: (state: ReplayState) => ReplayState) => {
    const work = open(replays, { service: deadLettersContainer });
    const tracked = await work.load(Replay, key.id);
    tracked.put(next(tracked.current ?? first));
    await work.commit();
  };
  await put((state) => state);
  return {
    ...bench,
    names,
    fill,
    put,
    run: (signal = new AbortController().signal) => new ReplayRun(key, runtime, signal).toEnd(),
    deliver: (...records: readonly ReturnType<typeof recordOf>[]) =>
      consumeBatch(records, { name: consumer, reactions: boxes.subscribers }, consumeDependencies(service, runtime)),
    async replay() {
      const stored = await bench.documents(replays, deadLettersContainer);
      return Replay.parse(stored.find(({ kind }) => kind === Replay.kind));
    },
    async listed(tenant = 'main') {
      const stored = await bench.documents(`${tenant}/${hallBoundary('north')}`);
      const entries = stored.filter(({ kind, fields }) => kind === 'entry' && fields !== undefined);
      return entries.map(({ id }) => id.replace('entry:box:', '')).toSorted();
    },
  };
}

const there = (names: readonly string[]) => names.filter((_, n) => n % 7 !== 0);

describe('a walk over documents', () => {
  it('a rebuild makes a directory anew of all documents of its kind, and of those of its tenant alone', async () => {
    const { run, replay, names, fill, listed } = await walkBench(230);
    await fill('of-others', 'red', 'other/box:of-others');
    await run();
    expect(await listed()).toEqual(there(names));
    expect(await replay()).toMatchObject({
      status: 'done',
      walks: [{ subscriber: 'list-boxes', documents: 230, failed: 0, isDone: true, after: 'box:box-229' }],
    });
    expect(await listed('other')).toEqual([]);
  });

  it('a rebuild finds each of the documents that have one id in very many boundaries', async () => {
    const { run, fill, listed, replay } = await walkBench(40);
    await Promise.all(Array.from({ length: 130 }, (_, n) => fill('box-020', 'blue', `main/shelf:${pad(n)}`)));
    await run();
    expect((await replay()).walks).toMatchObject([{ documents: 170, isDone: true }]);
    expect((await listed()).filter((id) => id.startsWith('entry:shelf'))).toHaveLength(130);
  });

  it('a rebuild puts right what is damaged, and nothing else', async () => {
    const { run, put, container, documents, names, listed, clock } = await walkBench(20);
    await run();
    const boundary = `main/${hallBoundary('north')}`;
    const entries = async () => (await documents(boundary)).filter(({ kind }) => kind === 'entry');
    const before = await entries();
    const [first, second] = before.filter(({ fields }) => fields !== undefined);
    if (first?._etag === undefined || second?._etag === undefined) throw new Error('there are no entries');
    await container.replaceIfUnchanged({ ...first, seen: 'never' });
    await container.replaceIfUnchanged({ ...second, fields: { colour: 'green', label: '' } });
    await put(() => requestedAnew(clock.now()));
    await run();
    const content = (all: typeof before) => all.map(({ id, seen, fields }) => ({ id, seen, fields }));
    expect(content(await entries())).toEqual(content(before));
    expect(await listed()).toEqual(there(names));
    const touched = (await entries()).filter(
      ({ id, version }) => before.find((one) => one.id === id)?.version !== version,
    );
    expect(touched.map(({ id }) => id).toSorted()).toEqual([first.id, second.id].toSorted());
  });

  it('a rebuild that is stopped goes on where it was when it is resumed', async () => {
    const { run, replay, put, faults, names, listed, clock } = await walkBench(130);
    const hold = faults.hold('Bulk');
    const running = run();
    await hold.arrived(1);
    await put((state) => ended(state, 'stopped', clock.now()));
    hold.release();
    await running;
    const stopped = await replay();
    expect(stopped).toMatchObject({
      status: 'stopped',
      walks: [{ isDone: false, after: 'box:box-099', documents: 100 }],
    });
    expect(await listed()).toEqual(there(names).filter((box) => box <= 'box-099'));
    await put((state) => resumed(state, clock.now()));
    await run();
    expect([await listed(), (await replay()).status]).toEqual([there(names), 'done']);
    // From the beginning it would have looked at more.
    expect((await replay()).walks).toMatchObject([{ documents: 130 }]);
  });

  it('a rebuild can be resumed by any process at once after a graceful shutdown', async () => {
    const { run, replay, faults, listed, names } = await walkBench(130);
    const process = new AbortController();
    const hold = faults.hold('Bulk');
    const running = run(process.signal);
    await hold.arrived(1);
    process.abort();
    hold.release();
    await running;
    expect(await replay()).toMatchObject({ status: 'running', walks: [{ documents: 100 }] });
    await run();
    expect([await listed(), (await replay()).status]).toEqual([there(names), 'done']);
  });

  it.each(['Batch', 'Bulk', 'Query'])('a rebuild that breaks off at any %s goes on from there', async (operation) => {
    const { run, replay, names, faults, listed, clock } = await walkBench(105);
    for (let served = 0; (await replay()).status === 'running'; served += 1) {
      const mended = faults.allAfter(served, operation, refuse(503));
      await run();
      mended();
      clock.pass(1_000 * leaseMs);
      expect(served).toBeLessThan(20);
    }
    expect(await replay()).toMatchObject({ status: 'done', walks: [{ documents: 105, failed: 0 }] });
    expect(await listed()).toEqual(there(names));
  }, 60_000);

  it('a rebuild beside live events puts nothing older over what they have put', async () => {
    const { run, names, fill, deliver, faults, documents, listed } = await walkBench(60);
    const hold = faults.hold('Batch', service);
    const running = run();
    await hold.arrived(1);
    hold.release();
    const changes = names.flatMap((box, n) => (n % 2 === 0 ? [fill(box, n % 4 === 0 ? 'blue' : undefined)] : []));
    const records = await Promise.all(changes);
    await Promise.all([running, deliver(...records)]);
    const entries = (await documents(`main/${hallBoundary('north')}`)).filter(({ kind }) => kind === 'entry');
    const seen = new Map(entries.map(({ id, seen: version }) => [id.replace('entry:box:', ''), version]));
    for (const [n, box] of names.entries()) if (n % 2 === 0) expect([box, seen.get(box)]).toEqual([box, 2]);
    expect(await listed()).toEqual(names.filter((_, n) => (n % 2 === 0 ? n % 4 === 0 : n % 7 !== 0)));
  });

  it('a rebuild leaves out a document that nobody can read, tells of it, and goes on', async () => {
    const { run, replay, names, container, listed } = await walkBench(5);
    const box = await container.read('main/box:box-003', 'box:box-003');
    if (box === undefined) throw new Error('there is no such box');
    await container.replaceIfUnchanged({ ...box, hall: { of: 'newer code' } });
    await run();
    expect(await replay()).toMatchObject({
      status: 'done',
      walks: [{ documents: 5, failed: 1 }],
      errors: [{ error: expect.stringContaining('box:box-003: NewerDocumentError') }],
    });
    expect(await listed()).toEqual(there(names).filter((name) => name !== 'box-003'));
  });

  it('a dry run of a rebuild counts documents, and makes nothing', async () => {
    const { run, replay, listed } = await walkBench(12, { dryRun: true });
    await run();
    expect([(await replay()).walks[0]?.documents, await listed()]).toEqual([12, []]);
  });
});

function requestedAnew(now: Date): ReplayState {
  const walks = [{ subscriber: 'list-boxes', kind: 'box' }];
  return requested({ consumer, dryRun: false, rebuild: true }, { tenant: 'main', sub: 'olga' }, now, walks);
}
