import { describe, expect, it } from 'vitest';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import { type Erasure, erasedOnceMore, erasure } from '../../../shared/capabilities/erasure.ts';
import { type Subscriber, subscriber } from '../../../shared/capabilities/subscriber.ts';
import { BatchUnfinishedError } from '../../../shared/consuming/batch-time.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import type { Reaction } from '../../../shared/consuming/reaction.ts';
import { UserCreated, UserDeleted } from '../../../shared/events/contracts/identity.ts';
import { StoreUnavailableError } from '../../../shared/persistence/documents/store-errors.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting, Note } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { type KernelBench, service } from '../../rigs/kernel/kernel-bench.ts';
import { counted, recordOf } from '../../rigs/kernel/records.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const [userId, other] = ['01a20947-9c11-7f0e-b2d5-0a9f4c2f6b11', '01a20947-9c11-7f0e-b2d5-0a9f4c2f6b12'];
const boundary = `main/person:${userId}`;
const door = 'main/door:green';
const created = recordOf(UserCreated({ userId, roles: ['customer'], createdAt: '2026-11-22T09:59:00.000Z' }));
const deleted = recordOf(UserDeleted({ userId, by: 'admin-1' }));
const hour = 3_600_000;

/** Leaves nothing of a person but a counter, and frees the door that they live behind. */
const erasePerson: Erasure = erasure({
  name: 'erase-person',
  on: UserDeleted,
  id: ({ data }) => data.userId,
  boundary: (id) => `person:${id}`,
  except: [Counter],
  async frees(id, work, unitOfWork) {
    const { current: home } = await work.load(Note, 'home');
    if (home === undefined) return;
    const claim = await unitOfWork(`door:${home.text}`).load(Note, 'claim');
    if (claim.current?.text === id) claim.remove();
  },
});

/** Notes down who has come, once `meanwhile` is over. */
function greeting(meanwhile: () => Promise<void> = async () => undefined): Subscriber {
  return subscriber({
    name: 'greet',
    on: UserCreated,
    once: 'by-document',
    boundary: ({ data }) => `person:${data.userId}`,
    async handle({ id }, work) {
      await meanwhile();
      const note = await work.expectNew(Note, id);
      if (!note.exists) note.put({ text: 'welcome' });
    },
  });
}

/** Has somebody live behind the door, with a counter. */
async function moveIn({ open }: KernelBench, whose = userId): Promise<void> {
  const claim = open(door);
  (await claim.load(Note, 'claim')).put({ text: whose });
  await claim.commit();
  const home = open(boundary);
  (await home.load(Note, 'home')).put({ text: 'green' });
  (await home.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
  await home.commit();
}

/** The kinds of documents there, without what commits owe. */
async function kindsIn({ documents }: KernelBench, where = boundary): Promise<readonly string[]> {
  const kinds = (await documents(where)).map(({ kind }) => kind);
  return kinds.filter((kind) => kind !== 'outbox' && kind !== 'receipt').toSorted();
}

/** A bench that consumes as the app does, and whose clock moves the sweep. */
async function wholeBench() {
  const bench = await runtimeBench();
  const consume = (records: readonly ReceivedRecord[], ...reactions: readonly Reaction[]) =>
    consumeBatch(
      records,
      { name: 'counters-on-identity-events', reactions },
      consumeDependencies(service, bench.runtime),
    );
  const swept = () => sweep([{ name: service, deadlines: [erasedOnceMore([erasePerson])] }], bench.runtime);
  return { ...bench, consume, swept };
}

async function tombstoneIn({ documents }: KernelBench) {
  return (await documents(boundary)).find(({ kind }) => kind === 'tombstone');
}

describe('an erasure', () => {
  it('an erasure frees what is held elsewhere, and leaves what it excepts and a tombstone that stays for good', async () => {
    const bench = await consumerBench();
    await moveIn(bench);
    await bench.consume([deleted], erasePerson);
    expect([await kindsIn(bench), await kindsIn(bench, door)]).toEqual([['counter', 'tombstone'], []]);
    expect(await tombstoneIn(bench)).not.toHaveProperty('ttl');
    expect(await tombstoneIn(bench)).toMatchObject({ of: userId, dueAt: '2026-11-22T11:00:00.000Z' });
  });

  it('an erasure leaves alone what somebody else holds by now', async () => {
    const bench = await consumerBench();
    await moveIn(bench, other);
    await bench.consume([deleted], erasePerson);
    expect([await kindsIn(bench), await kindsIn(bench, door)]).toEqual([['counter', 'tombstone'], ['note']]);
  });

  it('what came before an erasure in one batch is committed first, and what comes after it begins nothing', async () => {
    const bench = await consumerBench();
    await moveIn(bench);
    await bench.consume([created, deleted, created], greeting(), erasePerson);
    expect(await kindsIn(bench)).toEqual(['counter', 'tombstone']);
    await bench.consume([created], greeting(), erasePerson);
    expect(await kindsIn(bench)).toEqual(['counter', 'tombstone']);
  });

  it('what came before an erasure in one batch is finished before it, also where it has to be tried again', async () => {
    const bench = await consumerBench();
    let tries = 0;
    const told = subscriber({
      name: 'tell',
      on: UserCreated,
      once: 'by-marker',
      boundary: ({ data }) => `person:${data.userId}`,
      async handle(_, work) {
        tries += 1;
        if (tries === 1) throw new StoreUnavailableError('the store is away', {});
        (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
      },
    });
    await bench.consume([created, deleted], told, erasePerson);
    expect((await bench.owed(boundary)).map(({ envelope }) => envelope.type)).toEqual(['test.counted']);
  });

  it('an erasure frees what is held by now, whatever this process has seen before', async () => {
    const bench = await consumerBench();
    await moveIn(bench);
    const home = bench.openElsewhere(boundary);
    (await home.load(Note, 'home')).put({ text: 'blue' });
    await home.commit();
    const claim = bench.openElsewhere('main/door:blue');
    (await claim.load(Note, 'claim')).put({ text: userId });
    await claim.commit();
    await bench.consume([deleted], erasePerson);
    expect(await kindsIn(bench, 'main/door:blue')).toEqual([]);
  });

  it('an event that is late for an erased boundary counts as done', async () => {
    const bench = await consumerBench();
    await bench.consume([deleted, created], greeting(), erasePerson);
    const counts = async (metric: 'consumed' | 'duplicates') =>
      (await bench.metrics[metric].get()).values.find(({ labels }) => labels.subscriber === 'greet')?.value;
    expect([await counts('consumed'), await counts('duplicates')]).toEqual([1, 1]);
    expect(await bench.parked()).toEqual([]);
  });

  it.each([
    'Read',
    'Query',
    'Batch',
    'Bulk',
  ])('an erasure that stops at any %s is completed by the next delivery', async (operation) => {
    let stops = 0;
    for (let isStopped = true; isStopped; stops += 1) {
      const bench = await consumerBench({ retryWindowMs: 100 });
      await moveIn(bench);
      const back = bench.faults.allAfter(stops, operation, refuse(503));
      await bench.consume([created, deleted], greeting(), erasePerson).catch((error: unknown) => {
        if (!(error instanceof BatchUnfinishedError)) throw error;
      });
      isStopped = back();
      await bench.consume([created, deleted], greeting(), erasePerson);
      expect([await kindsIn(bench), await kindsIn(bench, door)]).toEqual([['counter', 'tombstone'], []]);
    }
    expect(stops).toBeGreaterThan(1);
  });

  it('what a reaction commits that began before an erasure is gone once the boundary is emptied again', async () => {
    const bench = await wholeBench();
    const { consume, swept } = bench;
    const [began, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = greeting(async () => {
      began.resolve();
      await mayEnd.promise;
    });
    const greeted = consume([created], slow, erasePerson);
    await began.promise;
    await consume([deleted], slow, erasePerson);
    mayEnd.resolve();
    await greeted;
    expect(await kindsIn(bench)).toEqual(['note', 'tombstone']);
    await swept();
    expect(await kindsIn(bench)).toEqual(['note', 'tombstone']);
    bench.clock.pass(hour);
    await swept();
    expect(await kindsIn(bench)).toEqual(['tombstone']);
    expect(await tombstoneIn(bench)).not.toHaveProperty('dueAt');
  });

  it('a boundary that is emptied again stays due until it is empty', async () => {
    const bench = await wholeBench();
    const { consume, swept } = bench;
    await consume([deleted], erasePerson);
    await moveIn(bench);
    bench.clock.pass(hour);
    const back = bench.faults.always('Bulk', refuse(503));
    await swept();
    back();
    expect(await tombstoneIn(bench)).toHaveProperty('dueAt');
    bench.clock.pass(hour);
    await swept();
    expect([await kindsIn(bench), await kindsIn(bench, door)]).toEqual([['counter', 'tombstone'], []]);
  });

  it('a boundary that newer code has erased is left to it, and is emptied again once this code knows how', async () => {
    const bench = await wholeBench();
    await bench.consume([deleted], erasePerson);
    await moveIn(bench);
    bench.clock.pass(hour);
    await sweep([{ name: service, deadlines: [erasedOnceMore([])] }], bench.runtime);
    expect(await kindsIn(bench)).toContain('note');
    bench.clock.pass(hour);
    await bench.swept();
    expect(await kindsIn(bench)).toEqual(['counter', 'tombstone']);
  });

  it('the tombstone is fetched with whatever else a group reads, and only where a boundary can be erased', async () => {
    const bench = await consumerBench();
    const greet: Subscriber = { ...greeting(), reads: () => [{ type: Note, id: 'home' }] };
    await bench.consume([created], greet, erasePerson);
    expect([bench.faults.count('Read'), bench.faults.count('Bulk')]).toEqual([0, 1]);
    bench.faults.recount();
    await bench.consume([counted()], counting(), erasePerson);
    expect([bench.faults.count('Read'), bench.faults.count('Bulk')]).toEqual([1, 0]);
  });

  it('an erasure of boundaries that are not an id behind a name is refused when it is written', () => {
    const named = (boundaryOf: (id: string) => string) => () =>
      erasure({ name: 'erase', on: UserDeleted, id: ({ data }) => data.userId, boundary: boundaryOf });
    expect(named((id) => id)).toThrow('erase erases a boundary that is not an id behind a name');
    expect(named((id) => `person:${id.length}`)).toThrow('is not an id behind a name');
  });
});
