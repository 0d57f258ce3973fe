import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discardDeadLetter } from '../../../functions/operations/dead-letters/discard-dead-letter.ts';
import { editDeadLetter } from '../../../functions/operations/dead-letters/edit-dead-letter.ts';
import { getDeadLetter } from '../../../functions/operations/dead-letters/get-dead-letter.ts';
import { getDeadLetterBytes } from '../../../functions/operations/dead-letters/get-dead-letter-bytes.ts';
import { listDeadLetters } from '../../../functions/operations/dead-letters/list-dead-letters.ts';
import { replayDeadLetter } from '../../../functions/operations/dead-letters/replay-dead-letter.ts';
import { replayDeadLetters } from '../../../functions/operations/dead-letters/replay-dead-letters.ts';
import { services } from '../../../functions/services.ts';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import type { Endpoint } from '../../../shared/capabilities/endpoint.ts';
import { type Subscriber, subscriber } from '../../../shared/capabilities/subscriber.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { anOrderCreated } from '../../../shared/events/contracts/contracts.examples.ts';
import { NewerVersionError } from '../../../shared/events/define-event.ts';
import { Envelope, versionOf } from '../../../shared/events/envelope.ts';
import { largestMessageBytes } from '../../../shared/events/message-size.ts';
import { contracts } from '../../../shared/events/registry.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { whateverArrives } from '../../rigs/kernel/broken-records.ts';
import { consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { Counted, counting, Note } from '../../rigs/kernel/counter.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { counted, envelopeOf, recordWith } from '../../rigs/kernel/records.ts';
import { request } from '../../rigs/kernel/request.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';

/** Counts whatever event of whichever contract, in one place, and tells nobody. */
function countingAll(name: string): readonly Subscriber[] {
  return services.flatMap(({ examples }) =>
    examples.map(({ event: { definition, type } }) =>
      subscriber({
        name: `${name}-${type.replaceAll('.', '-')}`,
        on: definition,
        once: 'by-marker',
        boundary: () => 'counters:others',
        async handle(_, work) {
          const note = await work.load(Note, 'others');
          note.put({ text: `${note.current?.text ?? ''}|` });
        },
      }),
    ),
  );
}

/** What has to become of a record: it counts, it becomes a dead letter, or it is of nobody here. */
function fateOf({ value }: ReceivedRecord): 'done' | 'letter' | 'nobody' {
  const envelope = envelopeIn(value);
  if (envelope === undefined) return 'letter';
  const contract = contracts.find(({ type }) => type === envelope.type);
  if (contract === undefined) return 'nobody';
  try {
    return contract.read(envelope.data, versionOf(envelope)).success ? 'done' : 'letter';
  } catch (error) {
    if (error instanceof NewerVersionError) return 'letter';
    throw error;
  }
}

function envelopeIn(value: string): Envelope | undefined {
  try {
    return Envelope.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}

/** What an operator of main is shown of the dead letters of one consumer and its subscribers. */
async function lettersOf(bench: RuntimeBench, subscribers: readonly string[]) {
  const ofNoTenant = await lettersFrom(bench, subscribers, { tenant: 'system' });
  return [...(await lettersFrom(bench, subscribers, {})), ...ofNoTenant];
}

async function lettersFrom(
  bench: RuntimeBench,
  subscribers: readonly string[],
  whose: Readonly<Record<string, string>>,
) {
  const stage = { service: deadLettersContainer, runtime: bench.runtime };
  const found: { readonly id: string; readonly subscriber: string }[] = [];
  let continuation: string | undefined;
  do {
    const query = { ...whose, limit: '100', ...(continuation === undefined ? {} : { continuation }) };
    const { status, body = '' } = await serveEndpoint(listDeadLetters, request({ method: 'GET', query }), stage);
    expect(status).toBe(200);
    const page = JSON.parse(body);
    found.push(...page.items);
    continuation = page.continuation;
  } while (continuation !== undefined);
  return Promise.all(
    found
      .filter(({ subscriber: name }) => subscribers.includes(name))
      .map(async ({ id }) => {
        const { status, body = '' } = await serveEndpoint(
          getDeadLetter,
          request({ method: 'GET', params: { id }, query: whose }),
          stage,
        );
        expect(status).toBe(200);
        return { ...JSON.parse(body), whose };
      }),
  );
}

describe('whatever arrives on a topic', () => {
  it('the next good event of the same key takes effect, and a bad one is a dead letter that can be read', async () => {
    const bench = await runtimeBench();
    const dependencies = consumeDependencies(service, bench.runtime);
    const countOf = async (counter: string) =>
      (await bench.container.read(`main/counters:${counter}`, `counter:${counter}`))?.count;
    const countOfOthers = async () => (await bench.container.read('main/counters:others', 'note:others'))?.version ?? 0;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(whateverArrives, async (record) => {
        const envelope = envelopeIn(record.value);
        fc.pre(envelope === undefined || envelope.tenantid === 'main');
        run += 1;
        const others = countingAll(`run-${run}`);
        const consumer = { name: `run-${run}-on-platform-events`, reactions: [counting(), ...others] };
        const before = await countOfOthers();
        const good = counted(1, { counter: `good-${run}` });

        await consumeBatch([record, { ...good, key: record.key }], consumer, dependencies);

        expect(await countOf(`good-${run}`)).toBe(1);
        const letters = await lettersOf(bench, [consumer.name, ...others.map(({ name }) => name)]);
        const fate = fateOf(record);
        expect([(await countOfOthers()) - before, letters.length]).toEqual([
          fate === 'done' ? 1 : 0,
          fate === 'letter' ? 1 : 0,
        ]);
        for (const { source } of letters) {
          const { topic, partition, offset } = record;
          expect(source).toMatchObject({ topic, partition, offset });
          if (source.cutFromBytes === undefined) expect(textOf(source.raw)).toBe(record.value.toWellFormed());
          else expect(source.cutFromBytes).toBe(Buffer.byteLength(record.value));
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

const textOf = (raw: string) => Buffer.from(raw, 'base64').toString();

describe('a dead letter of something large', () => {
  /** The letter of a record that arrived together with a good event. */
  async function letterOf(record: ReceivedRecord) {
    const bench = await runtimeBench();
    const reactions = [counting(), ...countingAll('count')];
    const consumer = { name: 'counters-on-platform-events', reactions };
    await consumeBatch([record, counted(1)], consumer, consumeDependencies(service, bench.runtime));
    expect(await bench.container.read('main/counters:a', 'counter:a')).toMatchObject({ count: 1 });
    const [letter, ...others] = await lettersOf(bench, [consumer.name, ...reactions.map(({ name }) => name)]);
    expect(others).toEqual([]);
    const send = async (endpoint: Endpoint, body?: object) => {
      const { method } = endpoint;
      const parts = { method, params: { id: letter.id }, query: letter.whose, body };
      const answer = await serveEndpoint(endpoint, request(parts), {
        service: deadLettersContainer,
        runtime: bench.runtime,
      });
      return { status: answer.status, body: JSON.parse(answer.body ?? '') };
    };
    return { letter, send };
  }

  it('an event of 15 KB with 15,000 mistakes is a dead letter that names the first ten', async () => {
    const lines = Array.from({ length: 5_000 }, () => ({}));
    const envelope = envelopeOf(anOrderCreated);
    const { letter } = await letterOf(
      recordWith(JSON.stringify({ ...envelope, data: { ...anOrderCreated.data, lines } })),
    );
    expect(letter).toMatchObject({ status: 'parked', type: 'order.created', event: { id: envelope.id } });
    expect(letter.error.message).toMatch(/lines\.0\.itemId: .*lines\.3\.itemId: [^;]*; and \d+ more$/);
  });

  it('an error of any length is cut to some 4,000 characters, wherever the letter quotes it', async () => {
    const bench = await consumerBench();
    const wordy = counting({ handle: () => Promise.reject(new RangeError(`no room for ${'x'.repeat(3_000_000)}`)) });
    await bench.consume([counted()], wordy);
    const [letter] = await bench.parked();
    const texts = [letter?.error.message, letter?.error.stack, letter?.history[0]?.detail];
    for (const text of texts) expect(text).toMatch(/^.{4000} … \(\d+ characters in all\)$/s);
  });

  it('a megabyte of bytes that are no text is a dead letter with their beginning, which says how many there were', async () => {
    const bytes = Buffer.alloc(largestMessageBytes, 0xff);
    const { letter } = await letterOf(recordWith(bytes.toString()));
    expect(letter.source).toMatchObject({ topic: 'platform-events', partition: 0, cutFromBytes: 3 * bytes.length });
    expect(textOf(letter.source.raw)).toMatch(/^\uFFFD{5000}/);
  });

  it('bytes of which only the beginning is kept are not handed out as if they were all', async () => {
    const { letter, send } = await letterOf(recordWith(Buffer.alloc(largestMessageBytes, 0xff).toString()));
    const { status, body } = await send(getDeadLetterBytes);
    expect([status, body.type]).toEqual([409, '/problems/event-cut']);
    expect(body.detail).toContain(`offset ${letter.source.offset} of partition 0 of platform-events`);
  });

  it('a letter whose event is cut cannot be replayed nor edited, says so and where the event is, and can be discarded', async () => {
    const event = JSON.stringify({ ...envelopeOf(Counted({ counter: 'a', by: 1 })), data: '\uFFFD'.repeat(400_000) });
    const record = recordWith(event);
    const { letter, send } = await letterOf(record);
    for (const refused of [await send(replayDeadLetter), await send(editDeadLetter, { data: {} })]) {
      expect(refused).toMatchObject({ status: 409, body: { type: '/problems/event-cut' } });
      expect(refused.body.detail).toContain(`offset ${record.offset} of partition 0 of platform-events`);
    }
    expect(await send(replayDeadLetters, { filter: { subscriber: letter.subscriber } })).toMatchObject({
      status: 200,
      body: { replayed: 0, skipped: [{ id: letter.id }] },
    });
    expect(await send(discardDeadLetter, {})).toMatchObject({ status: 200, body: { status: 'discarded' } });
  });

  it('an event that nests thousands of levels deep is a dead letter that can be read', async () => {
    const deep = '['.repeat(5_000) + ']'.repeat(5_000);
    const envelope = JSON.stringify({ ...envelopeOf(anOrderCreated), data: 'here' });
    const { letter } = await letterOf(recordWith(envelope.replace('"here"', deep)));
    expect(letter).toMatchObject({ status: 'parked', type: 'order.created' });
  });
});
