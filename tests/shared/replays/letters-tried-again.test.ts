import { describe, expect, it } from 'vitest';
import { discardDeadLetter } from '../../../functions/operations/dead-letters/discard-dead-letter.ts';
import { listDeadLetters } from '../../../functions/operations/dead-letters/list-dead-letters.ts';
import { replayDeadLetter } from '../../../functions/operations/dead-letters/replay-dead-letter.ts';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import type { Endpoint } from '../../../shared/capabilities/endpoint.ts';
import type { Subscriber } from '../../../shared/capabilities/subscriber.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { deadLetterRetry } from '../../../shared/replays/dead-letter-retry.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { Counted, Counter, counting, Note } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { counted } from '../../rigs/kernel/records.ts';
import { type RequestParts, request } from '../../rigs/kernel/request.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';

const boundary = 'main/counters:a';
const hour = 3_600_000;

/** Counts up once there is a note that says by how much. */
const needsNote = counting({
  name: 'count-by-note',
  async handle(_, work) {
    const { text } = (await work.load(Note, 'first')).state;
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: Number(text) }));
  },
});

/** A consumer of these reactions, with its letters and the sweep that tries them again. */
async function letterBench(...reactions: readonly Subscriber[]) {
  const bench = await runtimeBench();
  const { clock, runtime, container } = bench;
  const consumer = { name: 'counters-on-platform-events', service, topic: 'platform-events', reactions } as const;
  bench.consumers.push(consumer);
  return {
    ...bench,
    consume: (...records: readonly ReceivedRecord[]) =>
      consumeBatch(records, consumer, consumeDependencies(service, runtime)),
    async writeNote(text: string) {
      const work = bench.open(boundary);
      (await work.load(Note, 'first')).put({ text });
      await work.commit();
    },
    /** Lets time pass, as a timer sweeps. */
    async pass(milliseconds: number, everyMs = 60_000) {
      const end = clock.now().getTime() + milliseconds;
      while (clock.now().getTime() < end) {
        clock.pass(everyMs);
        await sweep([{ name: deadLettersContainer, deadlines: [deadLetterRetry(runtime)] }], runtime);
      }
    },
    count: async () => (await container.read(boundary, 'counter:a'))?.count,
    call: async (endpoint: Endpoint, parts: RequestParts) => {
      const answer = await serveEndpoint(endpoint, request(parts), { service: deadLettersContainer, runtime });
      return JSON.parse(answer.body ?? '');
    },
  };
}

describe('an event that lacks its document', () => {
  it('an event that lacks its document takes effect when the document comes an hour later, by itself and once', async () => {
    const bench = await letterBench(needsNote, counting());
    const record = counted(1);
    await bench.consume(record);
    expect(await bench.count()).toBe(1);
    await bench.pass(hour);
    expect(await bench.deadLetters()).toMatchObject([{ subscriber: 'count-by-note', status: 'waiting' }]);
    await bench.writeNote('10');
    await bench.pass(hour);
    expect(await bench.count()).toBe(11);
    const [letter] = await bench.deadLetters();
    expect(letter).toMatchObject({ status: 'replayed', history: [{ step: 'waiting' }, { step: 'replayed' }] });
    expect(letter).not.toHaveProperty('dueAt');
    // Nothing of it went over the bus.
    await bench.runtime.dispatcher.drain();
    expect(bench.transport.sent.map(({ data }) => data)).toEqual([
      { counter: 'a', by: 1 },
      { counter: 'a', by: 10 },
    ]);
  });

  it('an event that lacks its document for a day is parked for an operator, and is not tried any more', async () => {
    const bench = await letterBench(needsNote);
    await bench.consume(counted());
    await bench.pass(23 * hour, hour / 2);
    expect(await bench.deadLetters()).toMatchObject([{ status: 'waiting' }]);
    await bench.pass(2 * hour, hour / 2);
    const [letter] = await bench.deadLetters();
    expect(letter).toMatchObject({ status: 'parked', history: [{ step: 'waiting' }, { step: 'parked' }] });
    await bench.writeNote('10');
    await bench.pass(2 * hour, hour / 2);
    expect(await bench.deadLetters()).toEqual([letter]);
    expect(await bench.count()).toBeUndefined();
  });

  it('an event that lacks its document is tried less and less often', async () => {
    let tries = 0;
    const bench = await letterBench(
      counting({
        async handle(_, work) {
          tries += 1;
          expect((await work.load(Note, 'first')).state).toBeDefined();
        },
      }),
    );
    await bench.consume(counted());
    const triesWithin = async (milliseconds: number) => {
      const before = tries;
      await bench.pass(milliseconds, 10_000);
      return tries - before;
    };
    const [first, second] = [await triesWithin(600_000), await triesWithin(600_000)];
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(0);
  });

  it('an event that is delivered by the bus while it waits takes effect once', async () => {
    const bench = await letterBench(needsNote);
    const record = counted();
    await bench.consume(record);
    await bench.consume(record);
    expect(await bench.deadLetters()).toMatchObject([{ status: 'waiting', attempts: 6 }]);
    await bench.writeNote('10');
    await bench.consume(record);
    expect(await bench.count()).toBe(10);
    await bench.pass(hour);
    expect(await bench.count()).toBe(10);
    expect(await bench.deadLetters()).toMatchObject([{ status: 'replayed' }]);
  });

  it('an event that waits is due again as it was when the store is in trouble, and uses up no attempt', async () => {
    const bench = await letterBench(needsNote);
    await bench.consume(counted());
    await bench.writeNote('10');
    const back = bench.faults.always('Batch', refuse(503), service);
    await bench.pass(hour / 4);
    expect(await bench.deadLetters()).toMatchObject([{ status: 'waiting', attempts: 6 }]);
    back();
    await bench.pass(hour / 4);
    expect(await bench.count()).toBe(10);
  });

  it('an event that fails of a bug once its document is there is parked with that error', async () => {
    const bench = await letterBench(needsNote);
    await bench.consume(counted());
    await bench.writeNote('many');
    await bench.pass(hour);
    expect(await bench.deadLetters()).toMatchObject([{ status: 'parked', error: { name: 'ZodError' } }]);
  });

  it('an event that waits is listed by its status and its day, can be replayed at once, and discarded', async () => {
    const bench = await letterBench(needsNote);
    await bench.consume(...Array.from({ length: 20 }, () => counted()));
    const query = { status: 'waiting', day: '2026-11-22' };
    const { items } = await bench.call(listDeadLetters, { method: 'GET', query });
    expect(items).toHaveLength(20);
    const [one, other] = items;
    expect(await bench.call(replayDeadLetter, { params: { id: one.id } })).toMatchObject({ status: 'replayed' });
    await bench.call(discardDeadLetter, { params: { id: other.id }, body: {} });
    await bench.writeNote('1');
    await bench.pass(hour);
    expect(await bench.count()).toBe(18);
  });

  it('events that lack their documents are spread over several boundaries of their day', async () => {
    const bench = await letterBench(needsNote);
    await bench.consume(...Array.from({ length: 40 }, () => counted()));
    const letters = await bench.deadLetters();
    expect(letters).toHaveLength(40);
    expect(new Set(letters.map(({ id }) => id.slice(0, id.indexOf('~')))).size).toBeGreaterThan(4);
  });
});

describe('an event of a newer version', () => {
  const newer = () => counted(1, { dataschema: 'urn:lagerhaus:test.counted:2' });

  it('an event of a newer version is delivered again by itself, later and later, until it is parked', async () => {
    const bench = await letterBench(counting());
    await bench.consume(newer());
    expect(await bench.deadLetters()).toMatchObject([{ status: 'scheduled', dueAt: '2026-11-22T10:00:30.000Z' }]);
    await bench.pass(60_000);
    expect(await bench.deadLetters()).toMatchObject([
      { status: 'scheduled', attempts: 2, dueAt: '2026-11-22T10:02:00.000Z' },
    ]);
    await bench.pass(100 * hour, hour);
    const [letter] = await bench.deadLetters();
    expect([letter?.status, letter?.attempts, letter?.dueAt]).toEqual(['parked', 100, undefined]);
  });

  it('an event of a newer version takes effect by itself once this code knows the version', async () => {
    const bench = await letterBench(counting());
    const record = newer();
    await bench.consume(record);
    const { containerOf } = bench;
    const [letter] = await bench.deadLetters();
    const place = ['main/dead-letters:2026-11-22', `dead-letter:${letter?.id}`] as const;
    const stored = await containerOf(deadLettersContainer).read(...place);
    const known = Buffer.from(record.value.replace('counted:2', 'counted:1')).toString('base64');
    // The same event as code reads it whose version is the next one.
    if (stored === undefined || letter?.source.of !== 'event') throw new Error('there is no letter');
    await containerOf(deadLettersContainer).replaceIfUnchanged({ ...stored, source: { ...letter.source, raw: known } });
    await bench.pass(hour);
    expect(await bench.count()).toBe(1);
    expect(await bench.deadLetters()).toMatchObject([{ status: 'replayed' }]);
  });

  it('an event of a tenant that is not named yet is a letter of that tenant, and takes effect by itself once it is', async () => {
    const bench = await letterBench(counting());
    const { settings } = bench.runtime;
    const dependencies = {
      ...consumeDependencies(service, bench.runtime),
      settings: { ...settings, TENANTS: ['main'] as const },
    };
    const consumer = { name: 'counters-on-platform-events', reactions: [counting()] };
    await consumeBatch([counted(1, { tenantid: 'acme' })], consumer, dependencies);
    const countOfAcme = async () => (await bench.container.read('acme/counters:a', 'counter:a'))?.count;
    expect([await bench.deadLetters(), await countOfAcme()]).toEqual([[], undefined]);
    const lettersOfAcme = async () =>
      (await bench.documents('acme/dead-letters:2026-11-22', deadLettersContainer)).filter(
        ({ kind }) => kind === 'dead-letter',
      );
    expect(await lettersOfAcme()).toMatchObject([{ status: 'scheduled', error: { name: 'UnknownTenantError' } }]);
    await bench.pass(hour);
    expect([await lettersOfAcme(), await countOfAcme()]).toMatchObject([[{ status: 'replayed' }], 1]);
  });

  it('a letter of a subscriber that this code does not have is left to newer code', async () => {
    const bench = await letterBench(needsNote);
    await bench.consume(counted());
    bench.consumers.pop();
    await bench.pass(hour);
    expect(await bench.deadLetters()).toMatchObject([{ status: 'scheduled', error: { name: 'NewerVersionError' } }]);
  });
});
