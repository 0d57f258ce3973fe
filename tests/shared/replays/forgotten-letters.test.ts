import { describe, expect, it } from 'vitest';
import { replayDeadLetter } from '../../../functions/operations/dead-letters/replay-dead-letter.ts';
import { replayDeadLetters } from '../../../functions/operations/dead-letters/replay-dead-letters.ts';
import type { Endpoint } from '../../../shared/capabilities/endpoint.ts';
import { DeadLetter, deadLetterId } from '../../../shared/dead-letters/dead-letter.ts';
import type { FailedWork } from '../../../shared/dead-letters/dead-letters.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { NewerVersionError } from '../../../shared/events/define-event.ts';
import { deadLetterRetry } from '../../../shared/replays/dead-letter-retry.ts';
import { rememberedSeconds } from '../../../shared/settings/retention.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { Counted } from '../../rigs/kernel/counter.ts';
import { envelopeOf } from '../../rigs/kernel/records.ts';
import { type RequestParts, request } from '../../rigs/kernel/request.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';

const day = '2026-11-22';
const time = '2026-11-22T09:00:00.000Z';
const dayMs = 86_400_000;
/** Markers are gone after that, counted from when the event was done, which may have been at once. */
const thirteenDays = rememberedSeconds * 1_000 - dayMs;

const aDeadline = (document: string) =>
  ({ of: 'deadline', container: 'counters', boundary: 'main/counters:a', document, version: 1, dueAt: time }) as const;

/** Parks an event of `time`, or something else; answers with the letter's id. */
async function park({ runtime }: RuntimeBench, change: Partial<FailedWork> = {}, from = time): Promise<string> {
  const envelope = envelopeOf(Counted({ counter: 'a', by: 1 }), { time: from });
  const raw = Buffer.from(JSON.stringify(envelope)).toString('base64');
  const failed = {
    subscriber: 'count-up',
    source: { of: 'event', topic: 'platform-events', partition: 0, offset: 1, raw } as const,
    subject: envelope.id,
    day,
    error: new Error('no'),
    attempts: 1,
    cause: { tenant: 'main', correlationId: 'c' },
    ...change,
  };
  await runtime.deadLetters.park(failed);
  return deadLetterId({ ...failed, day });
}

async function call({ runtime }: RuntimeBench, endpoint: Endpoint, parts: RequestParts) {
  const stage = { service: deadLettersContainer, runtime };
  const { status, body = '' } = await serveEndpoint(endpoint, request(parts), stage);
  return { status, body: JSON.parse(body) };
}

const replay = (bench: RuntimeBench, id: string) => call(bench, replayDeadLetter, { params: { id } });

/** A bench whose clock has come to `ageMs` after the time of the events. */
async function benchAfter(ageMs: number, ...parked: readonly Partial<FailedWork>[]) {
  const bench = await runtimeBench();
  const ids: string[] = [];
  for (const one of parked) ids.push(await park(bench, one));
  bench.clock.pass(Date.parse(time) + ageMs - bench.clock.now().getTime());
  const [id = ''] = ids;
  return { bench, id };
}

describe('the dead letter of an event', () => {
  it('a dead letter is replayed for as long as it is remembered for certain whether its event was done', async () => {
    const { bench, id } = await benchAfter(thirteenDays, {});
    expect(await replay(bench, id)).toMatchObject({ status: 200, body: { status: 'replayed' } });
  });

  it('a dead letter is not replayed once it may be forgotten whether its event was done, and the answer says why', async () => {
    const { bench, id } = await benchAfter(thirteenDays + 1, {});
    expect(await replay(bench, id)).toMatchObject({
      status: 409,
      body: { type: '/problems/event-forgotten', detail: expect.stringMatching(/2026-11-22.*13 days.*done twice/) },
    });
    expect((await bench.deadLetters())[0]).toMatchObject({ status: 'parked' });
    await bench.runtime.dispatcher.drain();
    expect(bench.transport.sent).toEqual([]);
  });

  it('a dead letter that failed too long ago is not replayed although its event claims to be of a later day', async () => {
    const bench = await runtimeBench();
    const id = await park(bench, {}, '2030-01-01T00:00:00.000Z');
    bench.clock.pass(thirteenDays + 1);
    expect((await replay(bench, id)).status).toBe(409);
  });

  it('a dead letter of an event too long ago is not replayed although it was edited', async () => {
    const { bench, id } = await benchAfter(thirteenDays + 1, {});
    const work = bench.open(`main/dead-letters:${day}`, { service: deadLettersContainer });
    const letter = await work.load(DeadLetter, id);
    letter.put({ ...letter.state, edited: envelopeOf(Counted({ counter: 'a', by: 2 }), { time }) });
    await work.commit();
    expect((await replay(bench, id)).status).toBe(409);
  });

  it('a dead letter of an event too long ago is skipped where many are replayed, with the reason, and the others are replayed', async () => {
    const { bench, id } = await benchAfter(thirteenDays + 1, {});
    await park(bench, {}, bench.clock.now().toISOString());
    expect(await call(bench, replayDeadLetters, { body: {} })).toMatchObject({
      status: 200,
      body: { replayed: 1, skipped: [{ id, detail: expect.stringContaining('done twice') }] },
    });
  });

  it('a scheduled dead letter of an event too long ago is parked instead of being sent', async () => {
    const { bench } = await benchAfter(thirteenDays + 1, { error: new NewerVersionError('version 2') });
    await sweep([{ name: deadLettersContainer, deadlines: [deadLetterRetry(bench.runtime)] }], bench.runtime);
    const [letter] = await bench.deadLetters();
    expect(letter).toMatchObject({ status: 'parked', history: [{ step: 'scheduled' }, { step: 'parked' }] });
    expect(letter).not.toHaveProperty('dueAt');
    await bench.runtime.dispatcher.drain();
    expect(bench.transport.sent).toEqual([]);
  });
});

describe('the dead letter of a deadline', () => {
  it('the dead letter of a deadline is replayed however old it is', async () => {
    const { bench, id } = await benchAfter(10 * thirteenDays, { source: aDeadline('counter:a') });
    expect(await replay(bench, id)).toMatchObject({ status: 200, body: { status: 'scheduled' } });
  });

  it('the dead letter of an outbox document too long ago is not replayed', async () => {
    const { bench, id } = await benchAfter(thirteenDays + 1, { source: aDeadline('outbox:a') });
    expect(await replay(bench, id)).toMatchObject({ status: 409, body: { type: '/problems/event-forgotten' } });
  });
});
