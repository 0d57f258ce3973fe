import { expect, it } from 'vitest';
import { replayDeadLetters } from '../../../functions/operations/dead-letters/replay-dead-letters.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { Counted } from '../../rigs/kernel/counter.ts';
import { envelopeOf } from '../../rigs/kernel/records.ts';
import { request } from '../../rigs/kernel/request.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';

it('a bulk replay of letters that are together larger than an answer of the store replays all of them', async () => {
  const bench = await runtimeBench();
  const count = 90;
  for (let offset = 0; offset < count; offset += 1) {
    const envelope = envelopeOf(Counted({ counter: 'a', by: 1, note: 'x'.repeat(45_000) }));
    await bench.runtime.deadLetters.park({
      subscriber: 'count-up',
      source: {
        of: 'event',
        topic: 'platform-events',
        partition: 0,
        offset,
        raw: Buffer.from(JSON.stringify(envelope)).toString('base64'),
      },
      type: envelope.type,
      subject: envelope.id,
      day: '2026-11-22',
      error: new Error('no'),
      attempts: 1,
      cause: { tenant: 'main', correlationId: 'c' },
    });
  }
  let replayed = 0;
  for (let continuation: string | undefined = ''; continuation !== undefined; ) {
    const body: object = continuation === '' ? {} : { continuation };
    const answer = await serveEndpoint(replayDeadLetters, request({ body }), {
      service: deadLettersContainer,
      runtime: bench.runtime,
    });
    expect(answer.status).toBe(200);
    const done: { replayed: number; continuation?: string } = JSON.parse(answer.body ?? '');
    replayed += done.replayed;
    ({ continuation } = done);
  }
  expect(replayed).toBe(count);
  expect(new Set((await bench.deadLetters()).map(({ status }) => status))).toEqual(new Set(['replayed']));
}, 60_000);
