import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discardDeadLetter } from '../../../functions/operations/dead-letters/discard-dead-letter.ts';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import { BatchUnfinishedError } from '../../../shared/consuming/batch-time.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { deadLetterRetry } from '../../../shared/replays/dead-letter-retry.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { type ConsumerBench, consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting, Note } from '../../rigs/kernel/counter.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { recordOf } from '../../rigs/kernel/records.ts';
import { request } from '../../rigs/kernel/request.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';

const [from, to] = ['shelf:from', 'shelf:to'];

/** Moves pieces from one shelf to another: less in one boundary, more in the other, and a slip in both. */
const moving = (change: Parameters<typeof counting>[0] = {}) =>
  counting({
    name: 'move-pieces',
    boundary: ({ data: { note } }) => note?.split('>') ?? [],
    async handle({ data: { by, note = '' } }, work, { boundary, newId }) {
      const sign = note.startsWith(boundary) ? -1 : 1;
      (await work.load(Counter, 'pieces')).record(Counted({ counter: boundary, by: sign * by }));
      (await work.load(Note, newId())).put({ text: note });
    },
    ...change,
  });

const move = (by: number, note = `${from}>${to}`) => recordOf(Counted({ counter: 'a', by, note }));

async function shelf({ container, documents }: Pick<ConsumerBench, 'container' | 'documents'>, name: string) {
  const pieces = await container.read(`main/${name}`, 'counter:pieces');
  const slips = (await documents(`main/${name}`)).filter(({ kind }) => kind === 'note').map(({ id }) => id);
  return { count: pieces?.count ?? 0, slips: slips.toSorted() };
}

describe('a reaction that writes both ends of a thing', () => {
  it('a reaction that names two boundaries happens once in each, with the same ids', async () => {
    const bench = await consumerBench();
    const record = move(5);
    await bench.consume([record], moving());
    await bench.consume([record, move(2)], moving());
    const [less, more] = [await shelf(bench, from), await shelf(bench, to)];
    expect([less.count, more.count]).toEqual([-7, 7]);
    expect(less.slips).toHaveLength(2);
    expect(more.slips).toEqual(less.slips);
  });

  it('a boundary that is named twice is written once, and one that names none is passed over', async () => {
    const bench = await consumerBench();
    await bench.consume([move(5, `${to}>${to}`), recordOf(Counted({ counter: 'a', by: 1 }))], moving());
    expect((await shelf(bench, to)).count).toBe(-5);
    expect(await bench.parked()).toEqual([]);
  });

  it('an event for which a reaction names three boundaries is a dead letter that says what to do', async () => {
    const bench = await consumerBench();
    await bench.consume([move(5, 'shelf:a>shelf:b>shelf:c')], moving());
    const message = expect.stringContaining('names 3 boundaries and may write two: leave the others to a deadline');
    expect(await bench.parked()).toMatchObject([{ subscriber: 'move-pieces', error: { message } }]);
  });

  it('the other end is written when one fails, and neither is repeated when the batch comes again', async () => {
    const bench = await consumerBench();
    const { handle } = moving();
    const half = moving({
      async handle(event, work, context) {
        if (context.boundary === to) throw new TypeError('the shelf is crooked');
        await handle(event, work, context);
      },
    });
    const record = move(5);
    await bench.consume([record], half);
    await bench.consume([record], half);
    expect([(await shelf(bench, from)).count, (await shelf(bench, to)).count]).toEqual([-5, 0]);
    expect(await bench.parked()).toMatchObject([{ status: 'parked', failedIn: to, attempts: 3 }]);
    await bench.consume([{ ...record, headers: { replayfor: 'move-pieces' } }], moving());
    expect([(await shelf(bench, from)).count, (await shelf(bench, to)).count]).toEqual([-5, 5]);
  });

  it('both ends are written once whatever is delivered again or side by side, and whichever commit a process dies at', async () => {
    const delivery = fc.record({
      moves: fc.array(fc.nat(4), { minLength: 1, maxLength: 8 }),
      dies: fc.option(
        fc.record({ after: fc.nat(2), kind: fc.constantFrom('drop' as const, 'apply-then-drop' as const) }),
      ),
    });
    let deaths = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 3 }), async (deliveries) => {
        const bench = await consumerBench({ retryWindowMs: 500 });
        const moves = [1, 2, 3, 4, 5].map((by) => move(by));
        const consume = (records: readonly ReceivedRecord[]) => bench.consume(records, moving());
        for (const { moves: some, dies } of deliveries) {
          const mend = dies === null ? () => false : bench.faults.allAfter(dies.after, 'Commit', { kind: dies.kind });
          await consume(some.flatMap((n) => moves[n] ?? [])).catch((error: unknown) => {
            if (!(error instanceof BatchUnfinishedError)) throw error;
          });
          if (mend()) deaths += 1;
        }
        await Promise.all([consume(moves), consume(moves.toReversed())]);
        expect([(await shelf(bench, from)).count, (await shelf(bench, to)).count]).toEqual([-15, 15]);
        expect(await bench.parked()).toEqual([]);
      }),
      { numRuns: 8 },
    );
    expect(deaths).toBeGreaterThan(0);
  });
});

describe('the dead letters of both ends', () => {
  /** A bench on which each shelf takes pieces once it has a note of its own, and the letters that wait are tried again. */
  async function shelvesBench() {
    const bench = await runtimeBench();
    const { handle } = moving();
    const needing = moving({
      async handle(event, work, context) {
        (await work.load(Note, 'ready')).state;
        await handle(event, work, context);
      },
    });
    const consumer = {
      name: 'counters-on-platform-events',
      service,
      topic: 'platform-events',
      reactions: [needing],
    } as const;
    bench.consumers.push(consumer);
    return {
      ...bench,
      consume: (...records: readonly ReceivedRecord[]) =>
        consumeBatch(records, consumer, consumeDependencies(service, bench.runtime)),
      async makeReady(name: string) {
        const work = bench.open(`main/${name}`);
        (await work.load(Note, 'ready')).put({ text: 'ready' });
        await work.commit();
      },
      async tryAgain() {
        bench.clock.pass(3_600_000);
        await sweep([{ name: deadLettersContainer, deadlines: [deadLetterRetry(bench.runtime)] }], bench.runtime);
      },
      async letters() {
        const letters = await bench.deadLetters();
        return letters.toSorted((one, other) => (one.failedIn ?? '').localeCompare(other.failedIn ?? ''));
      },
    };
  }

  it('each end has a letter of its own, which names its boundary and is done by itself', async () => {
    const bench = await shelvesBench();
    await bench.consume(move(5));
    expect(await bench.letters()).toMatchObject([
      { failedIn: from, status: 'waiting' },
      { failedIn: to, status: 'waiting' },
    ]);
    await bench.makeReady(to);
    await bench.tryAgain();
    expect(await bench.letters()).toMatchObject([
      { failedIn: from, status: 'waiting' },
      { failedIn: to, status: 'replayed' },
    ]);
    expect([(await shelf(bench, from)).count, (await shelf(bench, to)).count]).toEqual([0, 5]);
    await bench.makeReady(from);
    await bench.tryAgain();
    expect(await bench.letters()).toMatchObject([{ status: 'replayed' }, { status: 'replayed' }]);
    expect([(await shelf(bench, from)).count, (await shelf(bench, to)).count]).toEqual([-5, 5]);
  });

  it('an operator discards the letter of one end by its id, and that of the other goes on', async () => {
    const bench = await shelvesBench();
    await bench.consume(move(5));
    const [first] = await bench.letters();
    const { status, body } = await serveEndpoint(discardDeadLetter, request({ params: { id: first?.id ?? '' } }), {
      service: deadLettersContainer,
      runtime: bench.runtime,
    });
    expect([status, JSON.parse(body ?? '')]).toMatchObject([200, { status: 'discarded', failedIn: from }]);
    await bench.makeReady(from);
    await bench.makeReady(to);
    await bench.tryAgain();
    expect([(await shelf(bench, from)).count, (await shelf(bench, to)).count]).toEqual([0, 5]);
  });
});
