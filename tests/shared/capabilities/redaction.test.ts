import { expect, it } from 'vitest';
import { z } from 'zod';
import { redactedPageByPage, redaction } from '../../../shared/capabilities/redaction.ts';
import { timeline } from '../../../shared/capabilities/timeline.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import type { Reaction } from '../../../shared/consuming/reaction.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import { defineEvent } from '../../../shared/events/define-event.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { VisitsAtOnce } from '../../../shared/sweep/visits-at-once.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { recordOf } from '../../rigs/kernel/records.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const Written = defineEvent({
  type: 'test.written',
  version: 1,
  topic: 'platform-events',
  description: 'Somebody wrote a letter, or what they wrote was taken from it.',
  data: z.object({ letter: z.string(), by: z.string(), text: z.string().optional() }),
  subject: ({ letter }) => `letter/${letter}`,
  partitionKey: ({ by }) => by,
});

const Letter = defineAggregate({
  kind: 'letter',
  state: z.object({ letter: z.string(), by: z.string(), text: z.string().optional() }),
  events: [Written],
  begin: { [Written.type]: ({ data }) => data },
  evolve: { [Written.type]: (_, { data }) => data },
});

/** What is written under a letter. */
const Postscript = defineProjection({ kind: 'postscript', state: z.object({ words: z.string() }) });

const lettersOf = (who: string) => `letters-of:${who}`;

const letters = timeline({
  name: 'list-letters',
  on: Written,
  of: Letter,
  series: ({ data }) => lettersOf(data.by),
  address: ({ data: { letter } }) => ({ boundary: `letter:${letter}`, id: letter }),
});

const forgetWriter = redaction({
  name: 'forget-writer',
  on: UserDeleted,
  id: ({ data }) => data.userId,
  list: letters,
  series: lettersOf,
  of: Letter,
  boundary: (letter) => `letter:${letter}`,
  beside: Postscript,
  decide: ({ letter, by, text }, postscript) =>
    text === undefined && postscript === undefined ? [] : [Written({ letter, by })],
});

const userId = '01a20947-9c11-7f0e-b2d5-0a9f4c2f6b11';
const hour = 3_600_000;

/** Somebody who has written letters, each with an answer beside it that repeats its text. */
async function writerBench(count: number) {
  const bench = await runtimeBench();
  const consume = (record: ReturnType<typeof recordOf>, ...reactions: readonly Reaction[]) =>
    consumeBatch([record], { name: 'a-consumer', reactions }, consumeDependencies(service, bench.runtime));
  const write = async (letter: string) => {
    const event = Written({ letter, by: userId, text: 'secret' });
    const work = bench.open(`main/letter:${letter}`);
    (await work.load(Letter, letter)).record(event);
    (await work.load(Postscript, letter)).put({ words: 'secret' });
    work.answerWith((boundary) => ({ id: 'answer:1', boundary, kind: 'answer', version: 1, body: 'secret', ttl: 60 }));
    await work.commit();
    await consume(recordOf(event), ...letters.subscribers);
  };
  const names = Array.from({ length: count }, (_, index) => `letter-${index}`);
  for (const name of names) await write(name);
  /** What is stored of the letters, without the events that are owed. */
  const stored = async () => {
    const all = await Promise.all(names.map((name) => bench.documents(`main/letter:${name}`)));
    return all.flat().filter(({ kind }) => kind !== 'outbox' && kind !== 'receipt');
  };
  /** Which letters still say, or have beside them, what was written. */
  const telling = async () => {
    const told = (await stored()).filter((document) => JSON.stringify(document).includes('secret'));
    return [...new Set(told.map(({ boundary }) => boundary))];
  };
  const visitors = { name: service, deadlines: [redactedPageByPage([forgetWriter])] };
  const visits = new VisitsAtOnce(visitors, bench.runtime);
  return {
    ...bench,
    write,
    stored,
    telling,
    forget: () => consume(recordOf(UserDeleted({ userId, by: 'admin-1' })), ...forgetWriter.subscribers),
    swept: () => sweep([visitors], bench.runtime),
    /** Until all is done that this process has begun. */
    visited: () => visits.idle(),
    async progress() {
      return (await bench.documents(`main/${lettersOf(userId)}`)).find(({ kind }) => kind === 'erasure');
    },
  };
}

it('a redaction takes what is personal from everything in the list, and what is kept beside it, one page right after the other', async () => {
  const bench = await writerBench(45);
  await bench.forget();
  await bench.swept();
  await bench.visited();
  expect(await bench.telling()).toEqual([]);
  expect((await bench.stored()).map(({ kind }) => kind)).toEqual(Array.from({ length: 45 }, () => 'letter'));
});

it('a redaction looks once more for what came late, when no token can be good any longer, and is forgotten in the end', async () => {
  const bench = await writerBench(1);
  await bench.forget();
  await bench.swept();
  expect(await bench.progress()).toMatchObject({ isLastRound: true, dueAt: '2026-11-22T11:00:00.000Z' });
  await bench.write('letter-0');
  bench.clock.pass(hour);
  await bench.swept();
  expect(await bench.telling()).toEqual([]);
  expect(await bench.progress()).toMatchObject({ ttl: expect.any(Number) });
  expect(await bench.progress()).not.toHaveProperty('dueAt');
});

it('a redaction that stops halfway through a page goes on, and tells of each thing once', async () => {
  const bench = await writerBench(4);
  await bench.forget();
  const back = bench.faults.allAfter(2, 'Batch', refuse(503));
  await bench.swept();
  expect(back()).toBe(true);
  bench.clock.pass(hour);
  await bench.swept();
  expect(await bench.telling()).toEqual([]);
  expect((await bench.stored()).map(({ version }) => version)).toEqual([2, 2, 2, 2]);
});

it('a redaction goes on with what version 0.1 had begun', async () => {
  const bench = await writerBench(1);
  const begun = { customerId: userId, isLastRound: false, dueAt: '2026-11-22T10:00:00.000Z' };
  const identity = { id: `erasure:${userId}`, boundary: `main/${lettersOf(userId)}`, kind: 'erasure', version: 1 };
  await bench.container.execute(identity.boundary, [{ kind: 'create', document: { ...identity, ...begun } }]);
  await bench.swept();
  expect(await bench.telling()).toEqual([]);
  expect(await bench.progress()).toMatchObject({ isLastRound: true });
});
