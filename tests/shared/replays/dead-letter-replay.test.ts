import { describe, expect, it } from 'vitest';
import { discardDeadLetter } from '../../../functions/operations/dead-letters/discard-dead-letter.ts';
import { replayDeadLetter } from '../../../functions/operations/dead-letters/replay-dead-letter.ts';
import { replayDeadLetters } from '../../../functions/operations/dead-letters/replay-dead-letters.ts';
import { deadline } from '../../../shared/capabilities/deadline.ts';
import type { Endpoint } from '../../../shared/capabilities/endpoint.ts';
import { DeadLetter, type DeadLetterState } from '../../../shared/dead-letters/dead-letter.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { sweepAfterMs } from '../../../shared/model/due-at-once.ts';
import { withDeadline } from '../../../shared/persistence/documents/parked-deadline.ts';
import { idWithin, StoredDocument } from '../../../shared/persistence/documents/stored-document.ts';
import { deadLetterRetry } from '../../../shared/replays/dead-letter-retry.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { Counted, Counter } from '../../rigs/kernel/counter.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { envelopeOf } from '../../rigs/kernel/records.ts';
import { type RequestParts, request } from '../../rigs/kernel/request.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';

const boundary = 'main/counters:a';
const dueAt = '2026-11-22T10:05:00.000Z';
const hour = 3_600_000;
const letters = 'main/dead-letters:2026-11-22';

/** Counts once more when it is due, and is not due again; cannot while `isBroken`. */
function counting() {
  const state = { isBroken: true };
  const countOnce = deadline({
    name: 'count-once',
    on: Counter,
    async handle(counter) {
      if (state.isBroken) throw new TypeError('undefined is no function');
      counter.record(Counted({ counter: counter.id, by: 1, dueAt: '2026-11-30T00:00:00.000Z' }));
    },
  });
  return { state, countOnce };
}

/** A bench with a deadline that failed until it was given up. */
async function givenUp() {
  const bench = await runtimeBench();
  const { state, countOnce } = counting();
  const sweepCounters = () => sweep([{ name: service, deadlines: [countOnce] }], bench.runtime);
  const sweepLetters = () => {
    bench.clock.pass(sweepAfterMs);
    return sweep([{ name: deadLettersContainer, deadlines: [deadLetterRetry(bench.runtime)] }], bench.runtime);
  };
  /** Over midnight: the day on which something is given up need not be the day on which it was due. */
  const failUntilGivenUp = async () => {
    for (let sweeps = 0; sweeps < 8; sweeps += 1) {
      bench.clock.pass(3 * hour);
      await sweepCounters();
    }
  };
  const work = bench.open(boundary);
  (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1, dueAt }));
  await work.commit();
  await failUntilGivenUp();
  const counter = () => bench.container.read(boundary, 'counter:a');
  expect(await counter()).not.toHaveProperty('dueAt');
  const letter = await theLetter(bench);
  const replay = () => call(bench, replayDeadLetter, { params: { id: letter.id } });
  return { bench, state, letter, replay, sweepCounters, sweepLetters, failUntilGivenUp, counter };
}

/** Changes the counter of a bench, and its deadline. */
async function change(
  { open }: RuntimeBench,
  counted: { readonly by: number; readonly dueAt?: string },
): Promise<void> {
  const work = open(boundary);
  (await work.load(Counter, 'a')).record(Counted({ counter: 'a', ...counted }));
  await work.commit();
}

async function theLetter(bench: RuntimeBench): Promise<DeadLetterState & { readonly id: string }> {
  const found = (await bench.documents(letters, deadLettersContainer)).filter(({ kind }) => kind === DeadLetter.kind);
  const [document] = found;
  if (document === undefined || found.length > 1) throw new Error(`there are ${found.length} dead letters, not one`);
  return { ...DeadLetter.parse(document), id: idWithin(document.id) };
}

async function call({ runtime }: RuntimeBench, endpoint: Endpoint, parts: RequestParts) {
  const { status, body = '' } = await serveEndpoint(endpoint, request(parts), {
    service: deadLettersContainer,
    runtime,
  });
  return { status, body: JSON.parse(body) };
}

describe('a parked deadline', () => {
  it('a parked deadline is due again after a replay, and is met', async () => {
    const { bench, state, replay, sweepLetters, sweepCounters, counter } = await givenUp();
    state.isBroken = false;
    expect(await replay()).toMatchObject({ status: 200, body: { status: 'scheduled' } });
    await sweepLetters();
    expect(await theLetter(bench)).toMatchObject({
      status: 'replayed',
      history: [{ step: 'parked' }, { step: 'scheduled', by: 'someone' }, { step: 'replayed' }],
    });
    await sweepCounters();
    expect(await counter()).toMatchObject({ count: 2 });
  });

  it('a replayed deadline that fails again is parked in the same dead letter', async () => {
    const { bench, letter, replay, sweepLetters, failUntilGivenUp } = await givenUp();
    await replay();
    await sweepLetters();
    await failUntilGivenUp();
    const again = await theLetter(bench);
    expect([again.id, again.status, again.attempts]).toEqual([letter.id, 'parked', 16]);
    expect(again.history.map(({ step }) => step)).toEqual(['parked', 'scheduled', 'replayed', 'parked']);
  });

  it('a parked deadline is replayed once, however often the replay is requested', async () => {
    const { bench, state, replay, sweepLetters, sweepCounters, counter } = await givenUp();
    state.isBroken = false;
    for (let turn = 0; turn < 3; turn += 1) {
      await Promise.all([replay(), replay()]);
      await sweepLetters();
      await sweepCounters();
    }
    expect(await counter()).toMatchObject({ count: 2 });
    expect((await theLetter(bench)).history).toHaveLength(3);
  });

  it('a parked deadline is met after a replay although its document has changed since, which leaves it parked', async () => {
    const { bench, state, replay, sweepLetters, sweepCounters, counter } = await givenUp();
    state.isBroken = false;
    await change(bench, { by: 5, dueAt });
    await sweepCounters();
    expect(await counter()).toMatchObject({ count: 6, parkedDueAt: dueAt });
    await replay();
    await sweepLetters();
    expect(await counter()).toMatchObject({ count: 6, dueAt });
    await sweepCounters();
    expect(await counter()).toMatchObject({ count: 7 });
    expect(await counter()).not.toHaveProperty('parkedDueAt');
  });

  it('a replayed deadline that fails again after its document has changed is parked in the same dead letter', async () => {
    const { bench, letter, replay, sweepLetters, failUntilGivenUp } = await givenUp();
    await change(bench, { by: 5, dueAt });
    await replay();
    await sweepLetters();
    await failUntilGivenUp();
    expect(await theLetter(bench)).toMatchObject({ id: letter.id, status: 'parked', attempts: 16 });
  });

  it('a parked deadline that its document does not have any more is discarded on replay', async () => {
    const { bench, replay, sweepLetters, counter } = await givenUp();
    await change(bench, { by: 5 });
    await replay();
    await sweepLetters();
    expect(await counter()).not.toHaveProperty('dueAt');
    expect(await theLetter(bench)).toMatchObject({ status: 'discarded' });
  });

  it('a parked deadline that its document has moved is met at its new time, without a replay', async () => {
    const { bench, state, sweepCounters, counter } = await givenUp();
    state.isBroken = false;
    const moved = bench.clock.now().toISOString();
    await change(bench, { by: 5, dueAt: moved });
    expect(await counter()).toMatchObject({ dueAt: moved });
    expect(await counter()).not.toHaveProperty('parkedDueAt');
    await sweepCounters();
    expect(await counter()).toMatchObject({ count: 7 });
  });

  it('a deadline that code before 0.2 parked, which left nothing of it in the document, is met after a replay', async () => {
    const { bench, state, replay, sweepLetters, sweepCounters, counter } = await givenUp();
    state.isBroken = false;
    const { parkedDueAt: _, ...document } = (await counter()) ?? {};
    await bench.container.replaceIfUnchanged(StoredDocument.parse(document));
    await replay();
    await sweepLetters();
    await sweepCounters();
    expect(await counter()).toMatchObject({ count: 2 });
  });

  it('a parked deadline whose document is gone is discarded on replay', async () => {
    const { bench, replay, sweepLetters, counter } = await givenUp();
    const document = await counter();
    if (document === undefined) throw new Error('the counter is gone');
    await bench.container.remove([document]);
    await replay();
    await sweepLetters();
    expect(await theLetter(bench)).toMatchObject({ status: 'discarded' });
  });

  it('a replayed deadline is met once even if the process crashes during the replay', async () => {
    const { bench, state, replay, sweepLetters, sweepCounters, counter } = await givenUp();
    state.isBroken = false;
    await replay();
    const document = await counter();
    if (document === undefined) throw new Error('the counter is gone');
    await bench.container.replaceIfUnchanged(withDeadline(document));

    await sweepLetters();
    expect(await theLetter(bench)).toMatchObject({ status: 'replayed' });
    expect(await counter()).toMatchObject({ dueAt });
    await sweepCounters();
    await sweepLetters();
    await sweepCounters();
    expect(await counter()).toMatchObject({ count: 2 });
  });
});

describe('the replay of dead letters', () => {
  async function park(bench: RuntimeBench, count: number, note = '') {
    for (let index = 0; index < count; index += 1) {
      const envelope = envelopeOf(Counted({ counter: 'a', by: index, note }));
      const raw = Buffer.from(JSON.stringify(envelope)).toString('base64');
      await bench.runtime.deadLetters.park({
        subscriber: 'count-up',
        type: envelope.type,
        source: { of: 'event', topic: 'platform-events', partition: 0, offset: index, raw },
        subject: envelope.id,
        day: '2026-11-22',
        error: new Error('no'),
        attempts: 1,
        cause: { tenant: 'main', correlationId: 'c' },
      });
    }
  }

  /** Asks again and again, each time with the continuation; answers with how many each request replayed. */
  async function replayAll(bench: RuntimeBench): Promise<readonly number[]> {
    const counts: number[] = [];
    let continuation: string | undefined;
    do {
      const { status, body } = await call(bench, replayDeadLetters, { body: { continuation } });
      expect(status).toBe(200);
      counts.push(body.replayed);
      continuation = body.continuation;
    } while (continuation !== undefined);
    await bench.runtime.dispatcher.drain();
    return counts;
  }

  it('replaying dead letters sends each once, in commits below the size limit', async () => {
    const bench = await runtimeBench();
    await park(bench, 95);
    expect(await replayAll(bench)).toEqual([90, 5]);
    expect(new Set(bench.transport.sent.map(({ id }) => id)).size).toBe(95);
    expect(bench.transport.sent).toHaveLength(95);
    expect(bench.transport.requests.flat().map(({ headers }) => headers.replayfor)).toEqual(Array(95).fill('count-up'));
  });

  it('replaying dead letters with large events uses smaller commits', async () => {
    const bench = await runtimeBench();
    await park(bench, 7, 'x'.repeat(150_000));
    expect(await replayAll(bench)).toEqual([3, 3, 1]);
    expect(bench.transport.sent).toHaveLength(7);
  });

  it('replaying a very large dead letter commits it alone', async () => {
    const bench = await runtimeBench();
    await park(bench, 1, 'x'.repeat(800_000));
    await park(bench, 1, 'x'.repeat(400_000));
    expect(await replayAll(bench)).toEqual([1, 1]);
    expect(bench.transport.sent).toHaveLength(2);
  });

  it('replaying dead letters sends each once even if the response to the commit is lost', async () => {
    const bench = await runtimeBench();
    await park(bench, 3);
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    expect(await replayAll(bench)).toEqual([3]);
    expect(bench.transport.sent).toHaveLength(3);
  });

  it('a discarded dead letter can be replayed', async () => {
    const bench = await runtimeBench();
    await park(bench, 1);
    const { id } = await theLetter(bench);
    await call(bench, discardDeadLetter, { params: { id }, body: {} });
    expect((await call(bench, replayDeadLetter, { params: { id } })).body.status).toBe('replayed');
  });
});
